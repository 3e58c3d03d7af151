/** Protobuf's text format, as far as Triton's model configurations use it: fields, messages, lists, strings, numbers, enums. */

export type Message = { [field: string]: Value[] }
type Value = string | number | boolean | { readonly enum: string } | Message

const TOKEN = /\s*(?:#[^\n]*\n\s*)*("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|[A-Za-z_]\w*|[{}[\]:,;<>])/y

/** A field that stands once is a list of one. Throws where the text is none of this format. */
export function parseTextProto(text: string): Message {
  const tokens = tokenize(text)
  const message = readMessage(tokens, undefined)
  if (tokens.length > 0) throw new Error(`unexpected ${tokens[0]}`)
  return message
}

function tokenize(text: string): string[] {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex
    const [, token] = TOKEN.exec(text) ?? []
    if (token === undefined)
      throw new Error(`not the text format at ${JSON.stringify(text.slice(at, at + 20))}`)
    tokens.push(token)
  }
  return tokens
}

function readMessage(tokens: string[], end: '}' | undefined): Message {
  const message: Message = {}
  while (tokens.length > 0 && tokens[0] !== end) {
    const name = tokens.shift() ?? ''
    if (!/^[A-Za-z_]\w*$/.test(name)) throw new Error(`${name} is no field`)
    const hasColon = tokens[0] === ':' && tokens.shift() !== undefined
    message[name] = [...(message[name] ?? []), ...readValues(tokens, hasColon)]
    if (tokens[0] === ',' || tokens[0] === ';') tokens.shift()
  }
  if (end !== undefined && tokens.shift() !== end) throw new Error(`a message does not end`)
  return message
}

function readValues(tokens: string[], hasColon: boolean): Value[] {
  if (tokens[0] !== '[') return [readValue(tokens, hasColon)]
  const values: Value[] = []
  let separator = tokens.shift()
  while (separator !== ']') {
    values.push(readValue(tokens, hasColon))
    separator = tokens.shift()
    if (separator !== ',' && separator !== ']') throw new Error('a list lacks a comma or its end')
  }
  return values
}

function readValue(tokens: string[], hasColon: boolean): Value {
  const token = tokens.shift() ?? ''
  if (token === '{') return readMessage(tokens, '}')
  if (!hasColon) throw new Error(`${token} lacks a colon before it`)
  if (token.startsWith('"')) return JSON.parse(token) as string
  if (/^-?\d/.test(token)) return Number(token)
  if (token === 'true' || token === 'false') return token === 'true'
  return { enum: token }
}
