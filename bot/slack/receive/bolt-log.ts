import { type Logger, LogLevel } from '@slack/bolt'
import type { Level, Log } from '../../../core/log.ts'

/** Bolt's own lines in our log. Its debug lines hold whole payloads and addresses with tickets, so they are never made. */
export function boltLog(log: Log): Logger {
  const at =
    (level: Level) =>
    (...parts: unknown[]) =>
      log(level, `bolt: ${parts.map(inWords).join(' ')}`)
  return {
    debug: () => {},
    // Bolt's news is about itself; ours says when Slack is connected or lost.
    info: at('debug'),
    warn: at('warn'),
    error: at('warn'),
    getLevel: () => LogLevel.INFO,
    setLevel: () => {},
    setName: () => {},
  }
}

function inWords(part: unknown): string {
  return part instanceof Error ? part.message : String(part)
}
