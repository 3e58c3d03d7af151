import type { Stage, Step } from './dockerfile.ts'

/** The rules that hadolint has for what our Dockerfile does, and a few of our own. https://github.com/hadolint/hadolint#rules */

/** What is wrong with it, one sentence each. */
export function dockerFaults(stages: readonly Stage[]): string[] {
  const names = stages.flatMap(({ name }) => name ?? [])
  const isTold = (source: string) => names.includes(source)
  return stages.flatMap((stage, i) => {
    const label = stage.name ?? stage.base
    const isImage = stages
      .slice(i + 1)
      .every(({ base, steps }) => base !== stage.name && !copiesFrom(steps, stage.name))
    return [
      ...baseFaults(stage, isTold),
      ...stage.steps.flatMap((step) => stepFaults(step, isTold)),
      ...(isImage ? imageFaults(stage) : []),
    ].map((fault) => `${label}: ${fault}`)
  })
}

function copiesFrom(steps: readonly Step[], name: string | undefined): boolean {
  return steps.some(({ flags }) => name !== undefined && flags.from === name)
}

/** DL3006, DL3007: a base has a version, and one that says which. */
function baseFaults({ base }: Stage, isStage: (name: string) => boolean): string[] {
  if (isStage(base)) return []
  const [, tag] = /:([^@/]+)(?:@sha256:[0-9a-f]{64})?$/.exec(base) ?? []
  if (tag === undefined || tag === 'latest') return [`the base ${base} is not pinned`]
  return /^\d+\.\d+\.\d+/.test(tag) ? [] : [`the base ${base} is pinned to no exact version`]
}

const SECRET = /(TOKEN|SECRET|PASSWORD|API_KEY|ENCRYPTION_KEY)\b/

function stepFaults({ instruction, flags, words, text }: Step, isStage: (name: string) => boolean): string[] {
  switch (instruction) {
    case 'RUN':
      return runFaults(text)
    case 'ADD':
      return ['ADD fetches and unpacks: COPY says what it does (DL3020)']
    case 'MAINTAINER':
      return ['MAINTAINER is no longer (DL4000)']
    case 'WORKDIR':
      return words[0]?.startsWith('/') ? [] : ['WORKDIR is relative (DL3000)']
    case 'ENV':
    case 'ARG':
      return SECRET.test(text) ? [`${instruction} bakes a secret into the image`] : []
    case 'COPY':
      return [
        ...(flags.from !== undefined && !isStage(flags.from)
          ? [`COPY --from=${flags.from} is no stage (DL3022)`]
          : []),
        ...(words[0] === '.' ? ['COPY . takes whatever lies there'] : []),
      ]
    case 'CMD':
    case 'ENTRYPOINT':
      return text.startsWith('[') ? [] : [`${instruction} is run by a shell, which hears no signal (DL3025)`]
    default:
      return []
  }
}

function runFaults(text: string): string[] {
  const cleans = /rm -rf \/var\/lib\/apt\/lists/.test(text)
  return [
    ...(/\bsudo\b/.test(text) ? ['sudo (DL3004)'] : []),
    ...(/\bapt-get (dist-)?upgrade\b/.test(text) ? ['an upgrade makes builds differ (DL3005)'] : []),
    ...(/\bapt(-get)? install\b/.test(text) && !cleans ? ["apt's lists stay in the layer (DL3009)"] : []),
    ...(/\bapt-get install\b(?!.*--no-install-recommends)/.test(text)
      ? ['apt recommends more (DL3015)']
      : []),
    ...(/\bnpm (install|i)\b/.test(text) ? ['npm ci keeps to the lock file (DL3016)'] : []),
    ...(/\b(curl|wget)\b.*\|\s*(ba)?sh\b/.test(text) ? ['a script from the network is run unread'] : []),
    ...(/\bcd\s/.test(text) ? ['cd in a RUN: use WORKDIR (DL3003)'] : []),
  ]
}

/** What runs in the end: not as root, by a numeric user that Kubernetes can check, and it says whether it is well. */
function imageFaults({ steps }: Stage): string[] {
  const last = (name: string) => steps.filter(({ instruction }) => instruction === name)
  const user = last('USER').at(-1)?.words[0]
  const after = steps.slice(steps.findLastIndex(({ instruction }) => instruction === 'USER') + 1)
  return [
    ...(user === undefined || /^(0|root)\b/.test(user) ? ['runs as root (DL3002)'] : []),
    ...(user !== undefined && !/^\d+(:\d+)?$/.test(user) ? [`the user ${user} is not a number`] : []),
    ...(last('HEALTHCHECK').length === 1 ? [] : ['has not one HEALTHCHECK (DL3012)']),
    ...(last('CMD').length === 1 ? [] : ['has not one CMD (DL4003)']),
    ...(after.some(({ instruction }) => instruction === 'COPY' || instruction === 'RUN')
      ? ['its own files belong to the user that runs it']
      : []),
  ]
}
