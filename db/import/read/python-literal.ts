import { isInexact } from './rounded-ids.ts'

export type Literal = string | number | boolean | null | Literal[] | { [key: string]: Literal }

const MAX_DEPTH = 32
const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
}
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }
const NUMBER = /[+-]?(?:0[xX][\da-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)L?/y
const WORDS = { True: true, False: false, None: null } as const
const WORD = /[A-Za-z_]+/y
const SPACES = /[ \t\r\n\f]*/y

/**
 * Reads what Python's `repr` writes: strings with u'' and b'' prefixes, numbers, True, False, None, lists, tuples (as
 * lists) and dicts with string or number keys. Never runs anything. Throws a SyntaxError that names the column, as
 * `JSON.parse` does, and refuses nesting deeper than 32.
 */
export function parsePythonLiteral(text: string, options: PythonOptions = {}): Literal {
  return new LiteralReader(text, options.isExact ?? false).whole()
}

export type PythonOptions = {
  /** A number that would be rounded, or is written with an exponent, comes as its text. */
  readonly isExact?: boolean
}

/** A recursive descent over one line; its state is the place it has come to. */
class LiteralReader {
  readonly #text: string
  readonly #isExact: boolean
  #at = 0
  #depth = 0

  constructor(text: string, isExact: boolean) {
    this.#text = text
    this.#isExact = isExact
  }

  whole(): Literal {
    const value = this.#value()
    this.#skipSpaces()
    if (this.#at < this.#text.length) this.#fail('more text after the value')
    return value
  }

  #value(): Literal {
    this.#skipSpaces()
    switch (this.#text.charCodeAt(this.#at)) {
      case 0x27:
      case 0x22:
        return this.#string(true)
      case 0x7b:
        return this.#nested(() => this.#dict())
      case 0x5b:
        return this.#nested(() => this.#list(']'))
      case 0x28:
        return this.#nested(() => this.#tuple())
      default:
        return this.#scalar()
    }
  }

  #scalar(): Literal {
    const next = this.#text[this.#at] ?? ''
    if (/[\d+.-]/.test(next)) return this.#number()
    const quote = this.#text[this.#at + 1]
    if (/[uUbB]/.test(next) && (quote === "'" || quote === '"')) {
      this.#at += 1
      return this.#string(next === 'u' || next === 'U')
    }
    return this.#word()
  }

  #number(): number | string {
    const found = this.#match(NUMBER)
    if (found === undefined) return this.#fail('not a number')
    const digits = found.replace(/^[+-]/, '').replace(/L$/, '')
    if (this.#isExact && isInexact(digits)) return found.replace(/L$/, '')
    return found.startsWith('-') ? -Number(digits) : Number(digits)
  }

  #word(): boolean | null {
    const from = this.#at
    const word = this.#match(WORD)
    if (word !== undefined && Object.hasOwn(WORDS, word)) return WORDS[word as keyof typeof WORDS]
    this.#at = from
    return this.#fail(from < this.#text.length ? 'not a Python value' : 'the text ends too early')
  }

  #nested<T>(read: () => T): T {
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) this.#fail(`nested deeper than ${MAX_DEPTH}`)
    this.#at += 1
    const value = read()
    this.#depth -= 1
    return value
  }

  #dict(): { [key: string]: Literal } {
    const dict: { [key: string]: Literal } = {}
    while (!this.#take('}')) {
      const key = this.#value()
      if (typeof key !== 'string' && typeof key !== 'number') this.#fail('a key that is no string or number')
      this.#expect(':')
      setOwn(dict, String(key), this.#value())
      if (!this.#take(',')) {
        this.#expect('}')
        break
      }
    }
    return dict
  }

  #list(close: ']' | ')'): Literal[] {
    const list: Literal[] = []
    while (!this.#take(close)) {
      list.push(this.#value())
      if (!this.#take(',')) {
        this.#expect(close)
        break
      }
    }
    return list
  }

  /** Parentheses make a tuple by their comma: `(1)` is 1. */
  #tuple(): Literal {
    const from = this.#at
    const list = this.#list(')')
    const only = list[0]
    const body = this.#text.slice(from, this.#at - 1).trimEnd()
    return list.length === 1 && only !== undefined && !body.endsWith(',') ? only : list
  }

  #string(unicode: boolean): string {
    const quote = this.#text.charCodeAt(this.#at)
    let from = ++this.#at
    let read = ''
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code === quote) break
      if (Number.isNaN(code) || code === 0x0a) this.#fail('a string without its closing quote')
      if (code !== 0x5c) {
        this.#at += 1
        continue
      }
      read += this.#text.slice(from, this.#at) + this.#escape(unicode)
      from = this.#at
    }
    read += this.#text.slice(from, this.#at)
    this.#at += 1
    return read
  }

  /** Stands on a backslash. Python keeps the backslash of an escape it does not know. */
  #escape(unicode: boolean): string {
    const letter = this.#text[this.#at + 1] ?? this.#fail('a string without its closing quote')
    const octal = /^[0-7]{1,3}/.exec(this.#text.slice(this.#at + 1, this.#at + 4))
    if (octal !== null) {
      this.#at += 1 + octal[0].length
      return String.fromCharCode(Number.parseInt(octal[0], 8))
    }
    const digits = HEX_DIGITS[letter]
    if (digits !== undefined && (unicode || letter === 'x')) return this.#hexEscape(digits)
    if (unicode && letter === 'N') this.#fail('a named character')
    this.#at += 2
    return SIMPLE_ESCAPES[letter] ?? `\\${letter}`
  }

  #hexEscape(digits: number): string {
    const hex = this.#text.slice(this.#at + 2, this.#at + 2 + digits)
    const code = Number.parseInt(hex, 16)
    if (hex.length < digits || !/^[\da-fA-F]+$/.test(hex) || code > 0x10ffff) this.#fail('a broken escape')
    this.#at += 2 + digits
    return String.fromCodePoint(code)
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    if (found === undefined || found === '') return undefined
    this.#at += found.length
    return found
  }

  #skipSpaces(): void {
    const code = this.#text.charCodeAt(this.#at)
    if (code > 0x20 || Number.isNaN(code)) return
    this.#match(SPACES)
  }

  #take(mark: string): boolean {
    this.#skipSpaces()
    if (this.#text[this.#at] !== mark) return false
    this.#at += 1
    return true
  }

  #expect(mark: string): void {
    if (!this.#take(mark)) this.#fail(`expected ${mark}`)
  }

  #fail(what: string): never {
    throw new SyntaxError(`${what} at column ${this.#at + 1}`)
  }
}

/** A key named __proto__ is data, not the object's prototype. */
function setOwn(dict: { [key: string]: Literal }, key: string, value: Literal): void {
  if (key === '__proto__')
    Object.defineProperty(dict, key, { value, enumerable: true, writable: true, configurable: true })
  else dict[key] = value
}
