/** What to say of an error by its code: of the operating system, of Node's TLS, or of PostgreSQL. */
type Explanation = { readonly code: RegExp; readonly say: (message: string) => string }

/** The server said nothing, or nothing that counts. */
const SILENCE: readonly Explanation[] = [
  { code: /^ECONNREFUSED$/, say: () => 'nothing listens there (ECONNREFUSED)' },
  { code: /^ENOTFOUND$/, say: () => 'there is no such host name (ENOTFOUND)' },
  { code: /^EAI_AGAIN$/, say: () => 'the host name cannot be looked up right now (EAI_AGAIN)' },
  { code: /^(EHOSTUNREACH|ENETUNREACH)$/, say: () => 'no network leads to that host' },
  { code: /^ETIMEDOUT$/, say: () => 'no answer in time (ETIMEDOUT)' },
  { code: /^(ECONNRESET|EPIPE)$/, say: () => 'it closed the connection' },
  { code: /^ENOENT$/, say: () => 'there is no such socket (ENOENT)' },
  { code: /^EACCES$/, say: () => 'this user may not use that socket (EACCES)' },
  { code: /^57P0[1-5]$/, say: (message) => message },
]

const CHECK_TRUST = 'name its authority with sslrootcert=<file> in DATABASE_URL, or set sslmode=no-verify'

/** The server answered, and will not have us as we come. */
const REFUSALS: readonly Explanation[] = [
  { code: /^28P01$/, say: (message) => `${message}; check the user and password in DATABASE_URL` },
  {
    code: /^28000$/,
    say: (message) =>
      message.includes('no encryption')
        ? `${message}; set sslmode=verify-full or sslmode=no-verify in DATABASE_URL`
        : `${message}; check the user in DATABASE_URL, and pg_hba.conf there`,
  },
  { code: /^3D000$/, say: (message) => `${message}; create it, or name another one in DATABASE_URL` },
  {
    code: /^53300$/,
    say: (message) => `${message}; lower DATABASE_POOL_SIZE, or raise max_connections there`,
  },
  { code: /^(42704|22023)$/, say: (message) => `${message}; check the parameters in DATABASE_URL` },
  { code: /^42501$/, say: (message) => `${message}; grant that to the user in DATABASE_URL` },
  { code: /^25006$/, say: () => 'it is read-only, as a standby is; DATABASE_URL must lead to the primary' },
  { code: /^08P01$/, say: explainPooler },
  {
    code: /^(DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|CERT_)/,
    say: (message) => `its TLS certificate is not trusted (${message}); ${CHECK_TRUST}`,
  },
  {
    code: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    say: () =>
      'its TLS certificate is for another host; name that host in DATABASE_URL, or set sslmode=no-verify',
  },
  { code: /^(ERR_TLS|ERR_SSL|ERR_OSSL|EPROTO)/, say: (message) => `TLS failed (${message})` },
]

/** node-postgres has no code for these. */
const BY_MESSAGE: readonly (readonly [message: RegExp, reason: string])[] = [
  [
    /^The server does not support SSL/,
    'it speaks no TLS; set sslmode=disable in DATABASE_URL, or switch TLS on there',
  ],
  [/client password must be a/, 'it asks for a password, and DATABASE_URL holds none'],
  [/^SASL|^Unknown authentication/, 'it wants a way of signing in that this program does not know'],
]

const NO_ANSWER = /time(d )?out|timeout/i

/** Says in one sentence, with the server's address and without a password, why the database cannot be used. */
export function explainFailure(error: unknown, server: string): string {
  const { code, message, syscall, path } = firstOf(error)
  if (code === 'ENOENT' && syscall === 'open')
    return `${path} cannot be read, which DATABASE_URL names for TLS`
  const refusal = find(REFUSALS, code)?.say(message) ?? BY_MESSAGE.find(([known]) => known.test(message))?.[1]
  if (refusal !== undefined) return `the database at ${server} refuses: ${refusal}`
  const reason =
    find(SILENCE, code)?.say(message) ?? (NO_ANSWER.test(message) ? 'no answer in time' : message)
  return `the database at ${server} does not answer: ${reason}`
}

/** Of an address that was tried in several ways the first failure speaks for all. */
function firstOf(error: unknown): Readonly<Record<'code' | 'message' | 'syscall' | 'path', string>> {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error
  const known = first instanceof Error ? first : new Error(String(first))
  const { code = '', syscall = '', path = '' } = known as NodeJS.ErrnoException
  return { code, syscall, path, message: known.message }
}

function find(explanations: readonly Explanation[], code: string): Explanation | undefined {
  return explanations.find((explanation) => explanation.code.test(code))
}

/** pgbouncer has one code for all that it refuses. */
function explainPooler(message: string): string {
  const parameter = /unsupported startup parameter(?: in options)?: (\S+)/.exec(message)?.[1]
  return parameter === undefined
    ? message
    : `its pooler takes no parameter ${parameter}; take it out of DATABASE_URL, or add it to ignore_startup_parameters of pgbouncer`
}
