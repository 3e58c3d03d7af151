import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'

export type Environment = Readonly<Record<string, string | undefined>>

const QUOTES: ReadonlyMap<string, string> = new Map(
  Object.entries({ '"': '"', "'": "'", '`': '`', '“': '”', '‘': '’' }),
)
const CLOSING = [...QUOTES.values()]

export type Value =
  | { readonly kind: 'absent' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'fault'; readonly fault: string }

/**
 * Reads one setting as it was meant: without the quotation marks that Docker's `--env-file` keeps, and without spaces or
 * a carriage return around it. An empty one is absent.
 */
export function readValue(given: string | undefined): Value {
  const trimmed = (given ?? '').trim()
  const closing = QUOTES.get(trimmed.charAt(0))
  const isQuoted = closing !== undefined && trimmed.length > 1 && trimmed.endsWith(closing)
  const text = isQuoted ? trimmed.slice(1, -1).trim() : trimmed
  if (text === '') return { kind: 'absent' }
  if (/[\r\n]/.test(text))
    return { kind: 'fault', fault: 'spans several lines: is a quotation mark missing?' }
  if (!isQuoted && (closing !== undefined || CLOSING.includes(trimmed.slice(-1)))) {
    return { kind: 'fault', fault: 'has a quotation mark at one end only' }
  }
  return { kind: 'text', text }
}

/** The variables of an env file; none where there is no such file. Throws one sentence where it can't be read. */
export function readEnvFile(file: string): Environment {
  const text = readText(file)
  if (text.includes('\0')) throw new Error(`${file} is not plain text: save it as UTF-8`)
  return parseEnv(text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n'))
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return ''
    if (code === 'EISDIR') throw new Error(`${file} is a folder: replace it by a file with the settings`)
    throw new Error(`${file} can't be read: ${message}`)
  }
}

/**
 * Completes the environment from a file. What is set in the environment wins, even where it is empty; afterwards nothing
 * empty is left, because libraries read the environment too and take an empty variable for a value.
 */
export function completeEnvironment(env: NodeJS.ProcessEnv, file: Environment): void {
  for (const [name, value] of Object.entries(file)) env[name] ??= value
  for (const [name, value] of Object.entries(env)) {
    if (value?.trim() === '') delete env[name]
  }
}
