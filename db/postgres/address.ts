/** `user:password` may be absent, and so may all else but the scheme. */
export type Address = { readonly url: string } | { readonly fault: string }

const SCHEME = /^postgres(?:ql)?:\/\//i
const HOST = /^(?:\[[0-9a-f:.]+\]|[\w.%-]*)(?::\d{1,5})?$/i
const DATABASE = /^(?:\/[^/@]*)?$/
const PARAMETER = /^[a-z_]+=/i

/**
 * Reads a `postgres://` address whose user and password may hold any character as it is, and gives it back as every
 * client reads it. A fault never holds a part of the address, which may be the password.
 */
export function readAddress(text: string): Address {
  const scheme = SCHEME.exec(text)?.[0]
  if (scheme === undefined) return { fault: 'must be a postgres:// address' }
  const { user, server } = split(text.slice(scheme.length))
  const { host, rest } = parts(server)
  if (host.includes(',')) {
    return { fault: 'names several hosts; name one that always leads to the primary, such as a balancer' }
  }
  if (!HOST.test(host)) return { fault: 'must be postgres://user:password@host:port/database' }
  const url = `postgres://${user === undefined ? '' : `${encoded(user)}@`}${host}${rest}`
  return URL.canParse(url) ? { url } : { fault: 'must be postgres://user:password@host:port/database' }
}

/** By the first @ where that leaves a well-formed address, and otherwise by the last one: then the password holds some. */
function split(text: string): { user: string | undefined; server: string } {
  const authority = /^[^/?#]*/.exec(text)?.[0] ?? ''
  const first = authority.lastIndexOf('@')
  const last = text.lastIndexOf('@')
  const at = isServer(text.slice(first + 1)) ? first : last
  return at < 0 ? { user: undefined, server: text } : { user: text.slice(0, at), server: text.slice(at + 1) }
}

function isServer(text: string): boolean {
  const { host, database, query } = parts(text)
  const isQuery = query === '' || query.split('&').every((parameter) => PARAMETER.test(parameter))
  return HOST.test(host) && DATABASE.test(database) && isQuery && !text.includes('#')
}

function parts(server: string) {
  const host = /^[^/?#]*/.exec(server)?.[0] ?? ''
  const rest = server.slice(host.length)
  const [database = '', ...query] = rest.split('?')
  return { host, rest, database, query: query.join('?') }
}

function encoded(user: string): string {
  const colon = user.indexOf(':')
  if (colon < 0) return encodeURIComponent(decoded(user))
  return `${encodeURIComponent(decoded(user.slice(0, colon)))}:${encodeURIComponent(decoded(user.slice(colon + 1)))}`
}

/** Where a % begins no code, it stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
