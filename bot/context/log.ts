import pino from 'pino'
import type { Level, Log } from '../../core/log.ts'
import type { Config } from '../config/config.ts'

type Options = Pick<Config, 'logLevel' | 'logFormat'>

/** Lines for people where a terminal is attached, JSON lines for machines, or what is set; always on standard error. */
export function createLog({ logLevel: level, logFormat = formatFor(process.stderr) }: Options): Log {
  if (logFormat === 'text') return (at, message, fields) => forPeople(level, at, message, fields)
  const logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  )
  return (at, message, fields = {}) => logger[at](fields, message)
}

function formatFor({ isTTY }: { readonly isTTY?: boolean }): 'text' | 'json' {
  return isTTY ? 'text' : 'json'
}

const ORDER: readonly Level[] = ['debug', 'info', 'warn', 'error']
const MARKS: Readonly<Record<Level, string>> = { debug: '·', info: '•', warn: '!', error: '✗' }

function forPeople(least: Level, at: Level, message: string, fields: Readonly<Record<string, unknown>> = {}) {
  if (ORDER.indexOf(at) < ORDER.indexOf(least)) return
  const { stack, ...rest } = fields
  const details = Object.entries(rest)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
  const lines = [
    `${MARKS[at]} ${[message, ...details].join('  ')}`,
    ...(at === 'error' && stack ? [stack] : []),
  ]
  process.stderr.write(`${lines.join('\n')}\n`)
}
