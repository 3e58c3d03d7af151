import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { chooseProvider } from '../inference/runtime/session.ts'
import { adapters } from './gpu/adapters.ts'
import { run } from './train/programs.ts'
import { machine } from './train/report.ts'

const HELP = `npm run bench:gpu -- [options], or without npm: node_modules/.bin/node bench/gpu.ts [options]

Runs bench:train and bench:score on every GPU provider that works here: webgpu (through the Vulkan driver) and cuda (where
CUDA 12 and cuDNN 9 are found). Needs nothing but this folder with its node_modules, and the driver. Then says which of the
goals are met.

  --players N, --games N, --pairs N   the size of the input (47825, 10978, 5153209)
  --rounds N          how often everything is trained (3)
  --quick             score in short cells
  --skip-score        train only`

/** Seconds on an NVIDIA GPU, at the usual size. */
const GOALS = { solve: 1, total: 4 } as const
const USUAL = { players: '47825', games: '10978', pairs: '5153209' } as const

const { values } = parseArgs({
  options: {
    players: { type: 'string', default: USUAL.players },
    games: { type: 'string', default: USUAL.games },
    pairs: { type: 'string', default: USUAL.pairs },
    rounds: { type: 'string', default: '3' },
    quick: { type: 'boolean', default: false },
    'skip-score': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const { players, games, pairs, rounds } = values
/** The seed's way of fitting anew needs no GPU. */
const SCORING = ['--no-refit', ...(values.quick ? ['--quick'] : [])]
const SIZE = ['--players', players, '--games', games, '--pairs', pairs]
const trained = z.object({ seconds: z.object({ ours: z.object({ solve: z.number(), total: z.number() }) }) })

if (values.help) console.log(HELP)
else await measure()

async function measure(): Promise<void> {
  const auto = await chooseProvider('auto', () => {})
  console.log(`${machine()}\n${await adapters()}\nauto takes ${auto.provider} (${auto.why})`)
  const verdicts: string[] = []
  for (const provider of ['webgpu', 'cuda'] as const) {
    console.log(`\n== ${provider}`)
    const chosen = await chooseProvider(provider, () => {}).catch((error: Error) => error)
    if (chosen instanceof Error) {
      console.log(chosen.message)
      verdicts.push(`${provider}: not measured`)
      continue
    }
    if (chosen.bufferLimit)
      console.log(`one buffer holds at most ${(chosen.bufferLimit / 2 ** 20).toFixed(0)} MiB`)
    verdicts.push(...(await measureOn(provider).catch((error: Error) => [`${provider}: ${error.message}`])))
  }
  console.log(`\n${verdicts.join('\n')}`)
}

async function measureOn(provider: string): Promise<string[]> {
  const output = await bench('train.ts', ['--provider', provider, ...SIZE, '--rounds', rounds, '--json'])
  const { ours } = trained.parse(JSON.parse(output.trim().split('\n').at(-1) ?? '')).seconds
  const verdicts = [judge(provider, 'solve', ours.solve), judge(provider, 'total', ours.total)]
  if (values['skip-score']) return verdicts
  const scoring = bench('score.ts', ['--provider', provider, '--games', games, ...SCORING])
  return scoring.then(
    () => verdicts,
    (error: Error) => [...verdicts, `${provider}: scoring was not measured: ${error.message}`],
  )
}

function judge(provider: string, what: keyof typeof GOALS, seconds: number): string {
  const found = `${provider}: ${what} ${seconds.toFixed(2)} s`
  if (players !== USUAL.players || games !== USUAL.games || pairs !== USUAL.pairs)
    return `${found} at another size`
  const off = seconds - GOALS[what]
  return `${found}, goal ${GOALS[what]} s: ${off <= 0 ? 'met' : `missed by ${off.toFixed(2)} s`}`
}

function bench(name: string, args: readonly string[]): Promise<string> {
  return run(process.execPath, [fileURLToPath(new URL(name, import.meta.url)), ...args], true)
}
