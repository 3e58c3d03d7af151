/** Ids that a spreadsheet, or a program that takes every number for a fraction, has changed: several become one. */

export const ROUNDED = 'an id that a spreadsheet or a JSON number has rounded; keep ids as text'

/** `7.65612E+16`, `7,65612e16`, `76561197960287930.0` */
export function isRoundedId(text: string): boolean {
  return /^\s*[+-]?(?:\d(?:[.,]\d{1,20})?e\+\d{1,3}|\d[.,]\d{1,20}e\d{1,3}|\d{16,20}[.,]0{1,20})\s*$/i.test(
    text,
  )
}

/** Why something is no game's number. */
export function explainGameId(value: unknown): string {
  return typeof value === 'string' && isRoundedId(value) ? ROUNDED : 'not a game number'
}

/** What spreadsheets write around an id to keep it as text: `="76561197960287930"`, `'76561197960287930`. */
export function unwrapId(text: string): string {
  const plain = text.trim()
  return /^="([^"]*)"$/.exec(plain)?.[1] ?? plain.replace(/^'(?=\d{5,20}$)/, '')
}

/** Fewer ids than this may survive rounding by chance. */
const ENOUGH = 5

/**
 * Watches the ids of a whole file. A rounded Steam ID alone looks like any other; that all of a file would survive rounding
 * does not happen by chance, as one in ten does.
 */
export function createRoundingWatch() {
  const surviving = new Set<string>()
  let isExact = false
  return {
    see(id: string): void {
      if (isExact || !/^7656\d{13}$/.test(id)) return
      if (String(Number(id)) !== id) isExact = true
      else if (surviving.size < ENOUGH) surviving.add(id)
    },
    areRounded: () => !isExact && surviving.size >= ENOUGH,
  }
}

/** A number that a program cannot hold as it is written: rather its text than another number. */
export function isInexact(source: string): boolean {
  return /[e]/i.test(source) ? !/^0x/i.test(source) : Math.abs(Number(source)) > Number.MAX_SAFE_INTEGER
}

/** Reads JSON. Where a key ends in `id`, a number that would be rounded comes as its text. Throws a SyntaxError. */
export function parseJsonExactly(text: string): unknown {
  return JSON.parse(text, (key, value: unknown, context?: { readonly source?: string }) => {
    const source = context?.source
    return typeof value === 'number' && source !== undefined && /id$/i.test(key) && isInexact(source)
      ? source
      : value
  })
}
