import { writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { HOLDS } from './load/drive.ts'
import { type Measured, measureBareBolt, measureBots, type Pace } from './load/measure.ts'
import { tableOf } from './load/report.ts'
import { openStage } from './load/stage.ts'

const HELP = `npm run bench:load -- [options]

Sends /recommend at a fixed rate, half through Slack in HTTP mode and half through Discord's gateway, over stand-ins on
loopback that hold every answer against the platforms' rules; each command is another player's. The rate is raised by
half until it breaks twice (and lowered where the first one does): until fewer than ${100 * HOLDS.ackUnderSecond} % are acknowledged within a second, the 99th percentile of the final answer is over
${HOLDS.answerP99Ms / 1000} s, or one is not answered. Bots, workers, database and stand-ins share this machine.

  --rate N       the first rate, in commands a second (10)
  --fixed        only this rate
  --seconds N    how long each rate is kept (4)
  --data DIR     a DATA_DIR with a catalogue and a model (a fresh one with the shipped sample)
  --json         print one object for machines as the last line
  --save FILE    write that object to a file, such as the one that bench/capacity.ts reads`

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '10' },
    fixed: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '4' },
    data: { type: 'string' },
    json: { type: 'boolean', default: false },
    save: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

const SHAPES = [
  { bots: 1, workers: 1 },
  { bots: 1, workers: 3 },
  { bots: 2, workers: 1 },
  { bots: 2, workers: 3 },
] as const

if (values.help) console.log(HELP)
else await run().catch(fail)
process.exit()

async function run(): Promise<void> {
  const pace: Pace = { rate: whole('rate', 1000), seconds: whole('seconds', 60), fixed: values.fixed }
  const stage = await openStage(values.data, Math.max(...SHAPES.map(({ workers }) => workers)))
  try {
    const found: Measured[] = [
      await measureBareBolt({ ...pace, rate: pace.fixed ? pace.rate : 8 * pace.rate }),
    ]
    for (const shape of SHAPES) found.push(await measureBots(stage, shape, pace))
    const machine = { cpu: cpus()[0]?.model, cores: availableParallelism(), load: loadavg()[0] }
    console.log(
      `${machine.cores} cores (${machine.cpu}), load ${machine.load?.toFixed(1)}\n${tableOf(found)}`,
    )
    const whole = { machine, pace, found, rowBytes: await stage.rowBytes() }
    if (values.json) console.log(JSON.stringify(whole))
    if (values.save) await writeFile(values.save, `${JSON.stringify(whole, null, 2)}\n`)
  } finally {
    await stage.close()
  }
}

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

function whole(name: 'rate' | 'seconds', most: number): number {
  const number = Number(values[name])
  if (!(Number.isInteger(number) && number > 0 && number <= most))
    throw new Error(`--${name} must be a whole number from 1 to ${most}`)
  return number
}
