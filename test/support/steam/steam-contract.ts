import definitions from '../../fixtures/steam/api_definitions.json' with { type: 'json' }

type Parameter = { readonly name: string; readonly type: string }
type Definition = {
  readonly version: number
  readonly httpmethod?: string
  readonly parameters: readonly Parameter[]
}

const API: Readonly<Record<string, Readonly<Record<string, Definition>>>> = definitions

/** The definitions mark nearly every parameter as required; these are the ones without which Steam answers 400. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  GetOwnedGames: ['steamid'],
  ResolveVanityURL: ['vanityurl'],
  GetPlayerSummaries: ['steamids'],
}

const FORMS: Readonly<Record<string, RegExp>> = {
  string: /^.+$/s,
  bool: /^(0|1|true|false)$/,
  uint64: /^\d{1,20}$/,
  uint32: /^\d{1,10}$/,
  int32: /^-?\d{1,10}$/,
}

const PATH = /^\/(?<service>\w+)\/(?<method>\w+)\/v0*(?<version>\d+)\/?$/

export type SteamCall = { readonly method: string; readonly parameters: Readonly<Record<string, string>> }

/** Reads a request as Steam's own definitions describe it, with everything about it that breaks them. */
export function readSteamCall(httpMethod: string, url: URL): { call: SteamCall; violations: string[] } {
  const { service = '', method = '', version } = PATH.exec(url.pathname)?.groups ?? {}
  const call = { method, parameters: Object.fromEntries(url.searchParams) }
  const definition = API[service]?.[method]
  if (!definition) return { call, violations: [`no such method: ${url.pathname}`] }
  const violations = [
    ...(Number(version) === definition.version ? [] : [`${method} has no version ${version}`]),
    ...(httpMethod === (definition.httpmethod ?? 'GET') ? [] : [`${method} takes no ${httpMethod}`]),
    ...[...url.searchParams].flatMap(([name, value]) => parameterFaults(method, definition, name, value)),
    ...repeated(url.searchParams).map((name) => `${method} got ${name} twice`),
    ...['key', ...(REQUIRED[method] ?? [])]
      .filter((name) => !url.searchParams.has(name))
      .map((name) => `${method} needs ${name}`),
  ]
  return { call, violations }
}

function parameterFaults(method: string, definition: Definition, name: string, value: string): string[] {
  if (name === 'format') return []
  const parameter = definition.parameters.find((known) => known.name === name)
  if (!parameter) return [`${method} has no parameter ${name}`]
  if (!FORMS[parameter.type]?.test(value)) return [`${method}: ${name} is no ${parameter.type}`]
  if (name === 'steamids' && value.split(',').length > 100) return [`${method}: more than 100 steamids`]
  return name === 'max_results' && Number(value) > MAX_APPS
    ? [`${method}: more than ${MAX_APPS} results`]
    : []
}

/** The most that one page of the list of apps holds. */
const MAX_APPS = 50_000

function repeated(parameters: URLSearchParams): string[] {
  return [...new Set(parameters.keys())].filter((name) => parameters.getAll(name).length > 1)
}
