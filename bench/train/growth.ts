import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { growthSvg } from './growth-svg.ts'
import { type Measured, makePairs, type Reference, runOurs } from './programs.ts'
import { machine } from './report.ts'

/** Players for each pair, as at the bench's usual size: libraries stay as large as they are. */
const PLAYERS_PER_PAIR = 47_825 / 5_153_209

const GAMES = [2_000, 3_500, 6_000, 10_978, 15_000, 20_000]
const PAIRS = [0.5e6, 1e6, 2e6, 5e6, 10e6, 20e6]
const USUAL_PAIRS = 5_153_209
const USUAL_GAMES = 6_000

/** What is told of each run, and how it grows along one direction: seconds, or bytes, ~ size^exponent. */
export type Curve = {
  readonly name: string
  readonly points: readonly { readonly size: number; readonly value: number }[]
  readonly exponent: number
}

export type Growth = { readonly along: 'games' | 'pairs'; readonly curves: readonly Curve[] }

type Task = {
  readonly folder: string
  readonly rounds: number
  readonly reference: Reference | undefined
  readonly picture: string | undefined
}

export async function measureGrowth(task: Task): Promise<void> {
  console.log(machine())
  const byGames = await measureAlong('games', GAMES, (games) => ({ games, pairs: USUAL_PAIRS }), task)
  const byPairs = await measureAlong('pairs', PAIRS, (pairs) => ({ games: USUAL_GAMES, pairs }), task)
  if (task.picture) await writeFile(task.picture, growthSvg([byGames, byPairs]))
}

async function measureAlong(
  along: Growth['along'],
  sizes: readonly number[],
  sizeOf: (size: number) => { readonly games: number; readonly pairs: number },
  { folder, rounds, reference }: Task,
): Promise<Growth> {
  const runs: Measured[] = []
  console.log(
    `\n${['games', 'pairs', 'load', 'gram', 'solve', 'predict', 'total', 'peak GB'].map(pad).join('')}`,
  )
  for (const size of sizes) {
    const file = path.join(folder, 'pairs.csv')
    const { games, pairs } = sizeOf(size)
    await makePairs(file, { games, pairs, players: Math.round(pairs * PLAYERS_PER_PAIR) }, reference)
    let run = await runOurs(file)
    for (let round = 1; round < rounds; round++) run = quicker(run, await runOurs(file))
    runs.push(run)
    console.log(rowOf(run))
  }
  const curves = (['load', 'gram', 'solve', 'total'] as const).map((name) =>
    curveOf(
      name,
      runs.map((run) => ({ size: run[along], value: run.seconds[name] })),
    ),
  )
  console.log(curves.map(({ name, exponent }) => `${name} ~ ${along}^${exponent.toFixed(2)}`).join(', '))
  return { along, curves }
}

/** The one that was disturbed less. */
function quicker(a: Measured, b: Measured): Measured {
  return a.seconds.total < b.seconds.total ? a : b
}

function rowOf({ games, pairs, seconds, peakBytes }: Measured): string {
  const { load, gram, solve, predict, total } = seconds
  const figures = [load, gram, solve, predict, total, peakBytes / 1e9].map((value) => value.toFixed(2))
  return [games, pairs, ...figures].map(pad).join('')
}

function pad(cell: string | number): string {
  return String(cell).padStart(10)
}

/** The exponent by least squares over the logarithms. */
function curveOf(name: string, points: Curve['points']): Curve {
  const xs = points.map(({ size }) => Math.log(size))
  const ys = points.map(({ value }) => Math.log(value))
  const mean = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length
  const [x, y] = [mean(xs), mean(ys)]
  const up = xs.reduce((sum, each, at) => sum + (each - x) * ((ys[at] ?? 0) - y), 0)
  const across = xs.reduce((sum, each) => sum + (each - x) ** 2, 0)
  return { name, points, exponent: up / across }
}
