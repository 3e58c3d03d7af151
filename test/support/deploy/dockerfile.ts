/** A Dockerfile as its stages and their steps. https://docs.docker.com/reference/dockerfile */

export type Step = {
  readonly instruction: string
  /** `--from=…` and the like, by name. */
  readonly flags: Readonly<Record<string, string>>
  /** What follows them: words, or one JSON list in exec form. */
  readonly words: readonly string[]
  readonly text: string
}

export type Stage = {
  readonly base: string
  readonly name: string | undefined
  readonly steps: readonly Step[]
}

/** Throws where there is anything before the first stage but comments and arguments. */
export function parseDockerfile(source: string): readonly Stage[] {
  const lines = source
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const stages: { base: string; name: string | undefined; steps: Step[] }[] = []
  for (const line of lines) {
    const step = toStep(line)
    if (step.instruction === 'FROM') {
      const [base = '', as, name] = step.words
      stages.push({ base, name: as?.toUpperCase() === 'AS' ? name : undefined, steps: [] })
    } else {
      const stage = stages.at(-1)
      if (!stage) throw new Error(`${step.instruction} stands before the first FROM`)
      stage.steps.push(step)
    }
  }
  return stages
}

function toStep(line: string): Step {
  const [, instruction = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(line) ?? []
  const flags: Record<string, string> = {}
  let text = rest
  for (let found = FLAG.exec(text); found; found = FLAG.exec(text)) {
    flags[found[1] ?? ''] = found[2] ?? ''
    text = text.slice(found[0].length)
  }
  return { instruction: instruction.toUpperCase(), flags, words: wordsOf(text), text }
}

const FLAG = /^--([a-z-]+)(?:=(\S+))?\s+/

function wordsOf(text: string): readonly string[] {
  if (!text.startsWith('[')) return text.split(/\s+/)
  return JSON.parse(text) as string[]
}
