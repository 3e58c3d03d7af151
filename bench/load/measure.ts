import type { Worker } from '../../inference/serving/spawn.ts'
import { type Ask, drive, holds, type Step, stepOf } from './drive.ts'
import { type Platforms, startPlatforms } from './platforms.ts'
import { type Running, startBareBolt, startBot } from './processes.ts'
import { PLAYERS, type Stage, steamIdOf, sum } from './stage.ts'
import { cpuSeconds, peakBytes } from './usage.ts'

export type Pace = {
  readonly seconds: number
  /** Commands a second: the only one, or the first of those that are tried. */
  readonly rate: number
  readonly fixed: boolean
}

/** Processor time in milliseconds a command, by part; `standIns`: Slack, Discord, Steam and the clock of this bench. */
type Cost = Readonly<Record<'bots' | 'workers' | 'database' | 'standIns', number>>

export type Measured = {
  readonly name: string
  /** In the order tried; the last one broke unless the rate was fixed. */
  readonly steps: readonly Step[]
  /** The last rate that held. */
  readonly sustained: Step | undefined
  /** At that rate, or at the first one where none held. */
  readonly cost: Cost | undefined
  /** The most that each process has held, in bytes; of PostgreSQL what it holds, shared pages counted once. */
  readonly memory: {
    readonly bots: readonly number[]
    readonly workers: readonly number[]
    readonly database: number
  }
  /** What broke the platforms' rules, each once. */
  readonly violations: readonly string[]
}

const GROWTH = 1.5
const WARM_UP = { rate: 8, seconds: 5 }

/** The bot, as so many processes before so many workers. */
export async function measureBots(stage: Stage, shape: { bots: number; workers: number }, pace: Pace) {
  const platforms = await startPlatforms(shape.bots)
  offerLibraries(platforms, stage)
  const workers = stage.workers.slice(0, shape.workers)
  const bots: Running[] = []
  try {
    for (let at = 0; at < shape.bots; at++) {
      bots.push(
        await startBot({
          ...stage.env,
          ...platforms.envOf(at),
          INFERENCE_URL: workers.map(({ url }) => url).join(','),
        }),
      )
    }
    const ask = platforms.commands(
      bots.map(({ url }) => url),
      steamIdOf,
    )
    const name = `${shape.bots} bot${shape.bots > 1 ? 's' : ''}, ${shape.workers} worker${shape.workers > 1 ? 's' : ''}`
    return await measure({ name, ask, platforms, bots, workers, database: stage.database }, pace)
  } finally {
    await Promise.all(bots.map((bot) => bot.stop()))
    await platforms.stop()
  }
}

/** Bolt alone, which acknowledges and does nothing. */
export async function measureBareBolt(pace: Pace): Promise<Measured> {
  const platforms = await startPlatforms(0)
  const bolt = await startBareBolt(platforms.slackEnv)
  try {
    const ask = platforms.acksOnly(bolt.url, steamIdOf)
    return await measure({ name: 'bare Bolt', ask, platforms, bots: [bolt], workers: [] }, pace)
  } finally {
    await bolt.stop()
    await platforms.stop()
  }
}

type Subject = {
  readonly name: string
  readonly ask: Ask
  readonly platforms: Platforms
  readonly bots: readonly Running[]
  readonly workers: readonly Worker[]
  readonly database?: Stage['database']
}

async function measure(subject: Subject, { rate: first, seconds, fixed }: Pace): Promise<Measured> {
  const { name, ask, platforms, bots, workers, database } = subject
  let next = 0
  const run = async (rate: number, seconds: number) => {
    const before = usageOf(subject)
    const step = stepOf(rate, await drive(ask, rate, seconds, next))
    next += step.commands
    return { step, cost: costOf(before, usageOf(subject), step.commands) }
  }
  await run(WARM_UP.rate, WARM_UP.seconds)
  const tried = fixed ? [await run(first, seconds)] : await climb((rate) => run(rate, seconds), first)
  const sustained = tried.findLast(({ step }) => fixed || holds(step))
  return {
    ...{ name, steps: tried.map(({ step }) => step), sustained: sustained?.step },
    cost: (sustained ?? tried[0])?.cost,
    memory: {
      bots: bots.map(({ pid }) => peakBytes(pid)),
      workers: workers.map(({ pid = 0 }) => peakBytes(pid)),
      database: database?.bytes() ?? 0,
    },
    violations: [...new Set(platforms.violations())],
  }
}

/**
 * Tries rates: up by half until one breaks twice, since a busy moment of the machine is not the end; where already the first
 * breaks, down by half until one holds.
 */
async function climb<T extends { readonly step: Step }>(
  run: (rate: number) => Promise<T>,
  first: number,
): Promise<T[]> {
  const tried: T[] = []
  const keeps = async (rate: number) => {
    const found = await run(rate)
    tried.push(found)
    return holds(found.step)
  }
  const keepsAfterAll = async (rate: number) => (await keeps(rate)) || keeps(rate)
  let rate = first
  if (await keepsAfterAll(rate)) {
    do rate = Math.ceil(rate * GROWTH)
    while (await keepsAfterAll(rate))
  } else {
    do rate = Math.floor(rate / 2)
    while (rate >= 1 && !(await keeps(rate)))
  }
  return tried
}

function usageOf({ bots, workers, database }: Subject): Cost {
  const { user, system } = process.cpuUsage()
  return {
    bots: sum(bots.map(({ pid }) => cpuSeconds(pid))),
    workers: sum(workers.map(({ pid = 0 }) => cpuSeconds(pid))),
    database: database?.cpuSeconds() ?? 0,
    standIns: (user + system) / 1e6,
  }
}

function costOf(before: Cost, after: Cost, commands: number): Cost {
  const each = (part: keyof Cost) => (1000 * (after[part] - before[part])) / commands
  return {
    bots: each('bots'),
    workers: each('workers'),
    database: each('database'),
    standIns: each('standIns'),
  }
}

function offerLibraries({ steam }: Platforms, { libraries }: Stage): void {
  for (let place = 0; place < PLAYERS; place++) {
    steam.player(steamIdOf(place), { games: libraries[place % libraries.length] ?? [] })
  }
}
