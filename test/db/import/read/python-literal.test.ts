import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePythonLiteral } from '../../../../db/import/read/python-literal.ts'

/** What `repr` writes in Python 2 (`u` before strings, ASCII only) or 3. */
function repr(value: unknown, version: 2 | 3): string {
  if (typeof value === 'string') return (version === 2 ? 'u' : '') + reprString(value, version)
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (Array.isArray(value)) return `[${value.map((entry) => repr(entry, version)).join(', ')}]`
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(
      ([key, entry]) => `${repr(key, version)}: ${repr(entry, version)}`,
    )
    return `{${entries.join(', ')}}`
  }
  return String(value)
}

function reprString(text: string, version: 2 | 3): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const body = Array.from(text, (mark) => {
    const code = mark.codePointAt(0) ?? 0
    if (mark === '\\' || mark === quote) return `\\${mark}`
    if (mark === '\n') return '\\n'
    if (mark === '\r') return '\\r'
    if (mark === '\t') return '\\t'
    if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`
    if (version === 3 || code < 0x7f) return mark
    if (code <= 0xff) return `\\x${code.toString(16)}`
    return code > 0xffff
      ? `\\U${code.toString(16).padStart(8, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`
  })
  return quote + body.join('') + quote
}

const finite = fc.double({ noDefaultInfinity: true, noNaN: true }).map((number) => number + 0)
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }),
    fc.integer(),
    finite,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('value'), { noNullPrototype: true }),
  ),
})).value

describe('a Python literal', () => {
  it('comes back as the value that Python wrote', () => {
    fc.assert(
      fc.property(values, fc.constantFrom(2 as const, 3 as const), (value, version) => {
        expect(parsePythonLiteral(repr(value, version))).toStrictEqual(value)
      }),
    )
  })

  it('is a value or a SyntaxError with a column, whatever the text', () => {
    const scraps = fc.array(
      fc.constantFrom('{', '}', '[', ']', '(', ')', "'", '"', '\\', 'u', 'x', ',', ':', '1', 'True', ' '),
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          scraps.map((parts) => parts.join('')),
        ),
        (text) => {
          try {
            parsePythonLiteral(text)
          } catch (error) {
            expect(error).toBeInstanceOf(SyntaxError)
            expect((error as Error).message).toMatch(/at column \d+$/)
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  it.each([
    [String.raw`'\'\"\\\n\t\x41\u00e9\U0001F3AE'`, '\'"\\\n\tAé🎮'],
    [String.raw`u'\ud83c\udfae'`, '🎮'],
    [String.raw`b'\x41\u0041'`, String.raw`A\u0041`],
    [String.raw`'\q \101 \0'`, '\\q A \0'],
    ['(1, 2,)', [1, 2]],
    ['(1)', 1],
    ['(1,)', [1]],
    ['()', []],
    ['[1, [2], {}]', [1, [2], {}]],
    ["{1: 'a', 'b': None, }", { 1: 'a', b: null }],
    ['-1.5e3', -1500],
    ['12L', 12],
    ['0x1F', 31],
    ['+.5', 0.5],
  ])('%s is read as Python reads it', (text, value) => {
    expect(parsePythonLiteral(text)).toStrictEqual(value)
  })

  it.each([
    ['76561198070234207', '76561198070234207'],
    ['76561198070234207L', '76561198070234207'],
    ['1.09172e+06', '1.09172e+06'],
    ['1250', 1250],
    ['0.5', 0.5],
    ['0x1F', 31],
  ])('%s loses no digit where numbers are read exactly', (text, value) => {
    expect(parsePythonLiteral(text, { isExact: true })).toBe(value)
  })

  it('keeps a key named __proto__ as data', () => {
    const dict = parsePythonLiteral("{'__proto__': {'admin': True}}") as object
    expect(Object.keys(dict)).toEqual(['__proto__'])
    expect('admin' in dict).toBe(false)
  })

  it.each([
    ['', 'the text ends too early at column 1'],
    ["{'a' 1}", 'expected : at column 6'],
    ["['a'", 'expected ] at column 5'],
    ["'abc", 'a string without its closing quote at column 5'],
    ['1 2', 'more text after the value at column 3'],
    ['nan', 'not a Python value at column 1'],
    [String.raw`'\x4'`, 'a broken escape at column 2'],
    [String.raw`'\UFFFFFFFF'`, 'a broken escape at column 2'],
    ['[1, 2', 'expected ] at column 6'],
    ['{[]: 1}', 'a key that is no string or number at column 4'],
    ['['.repeat(100), 'nested deeper than 32 at column 33'],
    ['__import__("os")', 'not a Python value at column 1'],
  ])('%s is refused with the place', (text, message) => {
    expect(() => parsePythonLiteral(text)).toThrow(message)
  })
})
