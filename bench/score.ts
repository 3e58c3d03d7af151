import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { Provider } from '../inference/runtime/session.ts'
import { publishRandom } from './score/model.ts'
import { measureNumpy, measureRefit } from './score/peers.ts'
import { type Report, tablesOf } from './score/report.ts'
import { measureScoring, type Plan } from './score/scoring.ts'
import { measureStart, measureSwap } from './score/starting.ts'
import { findReference } from './train/programs.ts'

const HELP = `npm run bench:score -- [options]

Scores libraries over HTTP on a worker of its own, with batching and without, and beside it what a user would run instead:
numpy in process, by gathering rows and by a dense product, and the seed's way of fitting anew for each player. Also times how
soon a worker with all columns of B is ready, and how late requests are while versions are swapped. The weights are random.

  --games N           rows of B (10978)
  --share X           the part of them that may be picked (0.5)
  --provider NAME     where the worker scores: cpu, webgpu or cuda (cpu)
  --owned N,N,…       sizes of the libraries (10,100,200,1000,5000)
  --clients N,N,…     how many ask at once (1,4,16,64)
  --seconds X         of each cell (2)
  --quick             a small run: 2000 games, short cells, nothing fitted anew
  --no-refit          leave the seed's way out, which takes a minute
  --reference FILE    ease_reference.py, for the seed's way (../shared/bench/ease_reference.py)
  --python FILE       what has numpy (/usr/bin/python3)
  --json              print one object for machines as the last line`

const { values } = parseArgs({
  allowNegative: true,
  options: {
    games: { type: 'string' },
    share: { type: 'string', default: '0.5' },
    provider: { type: 'string', default: 'cpu' },
    owned: { type: 'string' },
    clients: { type: 'string' },
    seconds: { type: 'string' },
    quick: { type: 'boolean', default: false },
    refit: { type: 'boolean' },
    reference: { type: 'string', default: '../shared/bench/ease_reference.py' },
    python: { type: 'string', default: '/usr/bin/python3' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const FULL = { games: '10978', owned: '10,100,200,1000,5000', clients: '1,4,16,64', seconds: '2' }
const QUICK = { games: '2000', owned: '10,100', clients: '1,8', seconds: '0.5' }
const usual = values.quick ? QUICK : FULL

const folder = await mkdtemp(path.join(tmpdir(), 'indiescout-bench-'))
try {
  if (values.help) console.log(HELP)
  else await compare()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function compare(): Promise<void> {
  const provider = z.enum(['cpu', 'webgpu', 'cuda']).parse(values.provider)
  const [games] = numbers('games') as [number]
  const [share] = numbers('share') as [number]
  const owned = numbers('owned')
  const [seconds] = numbers('seconds') as [number]
  const modelDir = path.join(folder, 'models')
  const targets = Math.floor(games * share)
  await publishRandom(modelDir, games, share)
  const size = { games, targets }
  const plan: Plan = { modelDir, provider, size, owned, clients: numbers('clients'), seconds }
  const cells = [...(await measureScoring(plan, true)), ...(await measureScoring(plan, false))]
  const numpy = await measureNumpy(values.python, size, owned, values.quick ? 20 : 100)
  const report: Report = {
    ...size,
    cells,
    numpy,
    refit: await refit(),
    ...(await measureWhole(games, provider, seconds)),
  }
  console.log(tablesOf(report))
  if (values.json) console.log(JSON.stringify(report))
}

/** With every column, as where a catalogue says of no game that it is indie: twice the memory. */
async function measureWhole(
  games: number,
  provider: Provider,
  seconds: number,
): Promise<Pick<Report, 'start' | 'swap'>> {
  const [modelDir, nextDir] = [path.join(folder, 'whole'), path.join(folder, 'next')]
  await publishRandom(modelDir, games, 1)
  const start = {
    seconds: await measureStart(modelDir, provider),
    bytes: games * games * Float32Array.BYTES_PER_ELEMENT,
  }
  await publishRandom(nextDir, games, 1)
  const size = { games, targets: games }
  return {
    start,
    swap: await measureSwap({ modelDir, provider, nextDir, size, seconds: Math.max(4, 2 * seconds) }),
  }
}

async function refit(): Promise<number | undefined> {
  const reference = findReference({ python: values.python, script: values.reference })
  return (values.refit ?? !values.quick) && reference ? measureRefit(folder, reference) : undefined
}

function numbers(name: 'games' | 'share' | 'owned' | 'clients' | 'seconds'): number[] {
  const text = values[name] ?? (name === 'share' ? '' : usual[name])
  const list = text.split(',').map(Number)
  if (list.every((number) => number > 0 && (name === 'share' ? number <= 1 : true))) return list
  throw new Error(
    `--${name} must be ${name === 'share' ? 'above 0 and at most 1' : 'numbers above 0'}, not ${text}`,
  )
}
