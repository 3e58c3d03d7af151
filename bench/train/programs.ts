import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type Size, writePairs } from './pairs.ts'

/** Seconds of each part; those of `checks` are in the total too. */
export type Seconds = {
  readonly load: number
  readonly gram: number
  readonly solve: number
  readonly predict: number
  readonly checks?: number | undefined
  readonly total: number
}

export type Measured = {
  readonly seconds: Seconds
  readonly peakBytes: number
  readonly games: number
  readonly pairs: number
  /** The phase that solved it, by precision and provider; absent for the reference. */
  readonly solvedIn?: string
  /** The first player's ten best games. */
  readonly top: readonly number[]
}

/** Where the reference lies, and what runs it. */
export type Reference = { readonly python: string; readonly script: string }

const part = z.object({ load: z.number(), gram: z.number(), solve: z.number(), predict: z.number() })
const ours = z.object({
  seconds: part.extend({ checks: z.number(), total: z.number() }),
  peakBytes: z.number(),
  solvedIn: z.string(),
  games: z.number(),
  pairs: z.number(),
  top: z.array(z.number()),
})

export type OurOptions = { readonly provider?: string; readonly weights?: string }

export async function runOurs(
  file: string,
  { provider = 'cpu', weights }: OurOptions = {},
): Promise<Measured> {
  const script = fileURLToPath(new URL('./ours.ts', import.meta.url))
  const kept = weights ? ['--weights', weights] : []
  const output = await run(process.execPath, [script, file, '--provider', provider, ...kept])
  return ours.parse(JSON.parse(output))
}

const PRINTED = /^(\{.*\}) total ([\d.]+) s; items (\d+) pairs (\d+) peak GB ([\d.]+)\n.*?(\[.*\])/

export async function runReference(
  { python, script }: Reference,
  file: string,
  solver: 'lapack' | 'inv',
): Promise<Measured> {
  const output = await run(python, [script, file, '--solver', solver])
  const [, phases = '', total, games, pairs, peak, top = ''] = PRINTED.exec(output) ?? []
  if (top === '') throw new Error(`the reference printed something else than expected: ${output}`)
  return {
    seconds: { ...part.parse(JSON.parse(phases.replaceAll("'", '"'))), total: Number(total) },
    // It divides kilobytes of 1,024 by a million.
    peakBytes: Number(peak) * 1e6 * 1024,
    games: Number(games),
    pairs: Number(pairs),
    top: z.array(z.number()).parse(JSON.parse(top)),
  }
}

export function findReference(reference: Reference): Reference | undefined {
  return existsSync(reference.script) && existsSync(reference.python) ? reference : undefined
}

/** Pairs of the wanted size, made by the reference where there is one. */
export async function makePairs(file: string, size: Size, reference: Reference | undefined): Promise<void> {
  if (reference === undefined) return writePairs(file, size)
  const { players, games, pairs } = size
  const sizes = ['--users', players, '--items', games, '--pairs', pairs].map(String)
  await run(reference.python, [reference.script, '--make', file, ...sizes])
}

/** What the program printed; `show` prints it here as well. Rejects where it fails. */
export function run(program: string, args: readonly string[], show = false): Promise<string> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    if (show) process.stdout.write(text)
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (code === 0) resolve(output)
      else reject(new Error(`${program} ${args.join(' ')} ended with ${signal ?? code}`))
    })
  })
}
