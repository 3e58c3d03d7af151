import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { measureAccuracy } from './train/accuracy.ts'
import { measureGrowth } from './train/growth.ts'
import type { Size } from './train/pairs.ts'
import {
  findReference,
  type Measured,
  makePairs,
  type Reference,
  runOurs,
  runReference,
} from './train/programs.ts'
import { middleOf, type Programs, summarise, tableOf } from './train/report.ts'

const HELP = `npm run bench:train -- [options]

Trains on generated players as \`npm run train\` does, each run in a process of its own, and beside it what a user would run
instead: EASE in numpy and scipy, by float32 LAPACK and by numpy.linalg.inv.

  --players N, --games N, --pairs N   the size of the input (47825, 10978, 5153209)
  --provider NAME     where ours solves: cpu, webgpu or cuda (cpu)
  --rounds N          run everything so often, in turn, and print the middle; with --growth, the quickest (1)
  --reference FILE    ease_reference.py; where it is absent, only ours is timed (../shared/bench/ease_reference.py)
  --python FILE       what runs it: needs numpy, scipy and OpenBLAS (/usr/bin/python3)
  --accuracy          also hold B against float64 (LAPACK), and the ten best games of 500 players
  --growth            instead: how time and memory grow with games and with pairs; ours alone
  --picture FILE      with --growth, draw that as SVG
  --json              print one object for machines as the last line`

const { values } = parseArgs({
  options: {
    players: { type: 'string', default: '47825' },
    games: { type: 'string', default: '10978' },
    pairs: { type: 'string', default: '5153209' },
    provider: { type: 'string', default: 'cpu' },
    rounds: { type: 'string', default: '1' },
    reference: { type: 'string', default: '../shared/bench/ease_reference.py' },
    python: { type: 'string', default: '/usr/bin/python3' },
    accuracy: { type: 'boolean', default: false },
    growth: { type: 'boolean', default: false },
    picture: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const reference = findReference({ python: values.python, script: values.reference })
const folder = await mkdtemp(path.join(tmpdir(), 'indiescout-bench-'))
try {
  if (values.help) console.log(HELP)
  else if (values.growth)
    await measureGrowth({ folder, rounds: whole('rounds'), reference, picture: values.picture })
  else await compare()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function compare(): Promise<void> {
  const size: Size = { players: whole('players'), games: whole('games'), pairs: whole('pairs') }
  const file = path.join(folder, 'pairs.csv')
  await makePairs(file, size, reference)
  if (!reference)
    console.log(`without the reference, since ${values.python} or ${values.reference} is absent`)
  const programs = await inTurn(file, whole('rounds'), reference)
  console.log(tableOf(programs))
  if (values.accuracy)
    console.log(await measureAccuracy({ folder, file, reference, provider: values.provider }))
  if (values.json) console.log(JSON.stringify(summarise(programs)))
}

/** One after another and again, so that a busy moment of the machine meets all of them. */
async function inTurn(file: string, rounds: number, reference: Reference | undefined): Promise<Programs> {
  const found = { ours: [] as Measured[], lapack: [] as Measured[], inv: [] as Measured[] }
  for (let round = 0; round < rounds; round++) {
    found.ours.push(await runOurs(file, { provider: values.provider }))
    if (!reference) continue
    found.lapack.push(await runReference(reference, file, 'lapack'))
    found.inv.push(await runReference(reference, file, 'inv'))
  }
  const [ours, lapack, inv] = [middleOf(found.ours), middleOf(found.lapack), middleOf(found.inv)]
  if (!ours) throw new Error('nothing was measured')
  return { ours, ...(lapack && { lapack }), ...(inv && { inv }) }
}

function whole(name: 'players' | 'games' | 'pairs' | 'rounds'): number {
  const number = Number(values[name])
  if (!(Number.isInteger(number) && number > 0)) throw new Error(`--${name} must be a whole number above 0`)
  return number
}
