import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { start } from '../../bot/app/start.ts'
import { readConfig } from '../../bot/config/config.ts'
import { type Closers, createClosers } from '../../bot/context/closers.ts'
import type { Level } from '../../core/log.ts'

export type LogLine = {
  readonly level: Level
  readonly message: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** Tests ask faster than people do, and alone: nothing is fetched that they did not ask for. */
const UNHURRIED = {
  COMMANDS_PER_MINUTE: '100000',
  STEAM_CALLS_PER_DAY: '0',
  STORE_CALLS_PER_MINUTE: '0',
  SHUTDOWN_GRACE_SECONDS: '0',
}

/** The whole program in this process (its worker in another), on the given settings. Its folder goes when it stops. */
export async function startProgram(env: Readonly<Record<string, string>>) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'indiescout-'))
  await chmod(dataDir, 0o755)
  const lines: LogLine[] = []
  const log = (level: Level, message: string, fields: LogLine['fields'] = {}) =>
    void lines.push({ level, message, fields })
  const closers: Closers = createClosers()
  const config = readConfig({
    DATA_DIR: dataDir,
    HTTP_PORT: '0',
    INFERENCE_PROVIDER: 'cpu',
    ...UNHURRIED,
    ...env,
  })
  const stop = async () => {
    await closers.closeAll(log)
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    return { ...(await start({ config, log, closers })), lines, config, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

export type Program = Awaited<ReturnType<typeof startProgram>>
