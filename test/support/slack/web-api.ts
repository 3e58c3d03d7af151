import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { Ajv } from 'ajv'
import { FILE_METHODS } from './files.ts'
import { TEAM } from './payloads.ts'

/** Slack's Web API as its official description states it: every request and every answer is checked against it. */

type Json = Record<string, unknown>
type Parameter = { name: string; in: string; required?: boolean; type?: string }
type Operation = { parameters?: Parameter[]; responses: Record<string, { schema: Json }> }

const FIXTURES = new URL('../../fixtures/slack/', import.meta.url)

const spec: { paths: Record<string, Record<string, Operation>>; definitions: Json } = JSON.parse(
  gunzipSync(readFileSync(new URL('slack-web-openapi-v2.json.gz', FIXTURES))).toString('utf8'),
)
const ajv = new Ajv({ strict: false, validateSchema: false, validateFormats: false })

/** Parameters that are younger. https://docs.slack.dev/messaging/message-metadata */
const YOUNGER: Readonly<Record<string, readonly string[]>> = {
  'chat.postMessage': ['metadata'],
  'conversations.history': ['include_all_metadata'],
}

/** Words for errors that it does not list. https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const NEWER_ERRORS: ReadonlySet<string> = new Set([
  'missing_scope',
  'invalid_blocks',
  'cannot_dm_bot',
  'not_in_channel',
])

/** Younger than the description, which is of 2020. https://docs.slack.dev/reference/methods/apps.connections.open */
const UNDESCRIBED: ReadonlySet<string> = new Set(['apps.connections.open'])

export type Call = {
  readonly method: string
  readonly token: string | undefined
  readonly form: URLSearchParams
}

/** What is wrong with a call, by the description; empty for a good one. */
export function callFaults({ method, form }: Call): string[] {
  const described = FILE_METHODS[method]
  const operation = described ? asOperation(described) : operationOf(method)
  if (!operation)
    return UNDESCRIBED.has(method) ? unknownNames(method, form, []) : [`there is no method ${method}`]
  const parameters = (operation.parameters ?? []).filter((parameter) => parameter.name !== 'token')
  const missing = parameters.filter((parameter) => parameter.required && !form.has(parameter.name))
  return [
    ...unknownNames(method, form, parameters),
    ...missing.map((parameter) => `${method}: ${parameter.name} is missing`),
  ]
}

function asOperation({ required, optional }: { required: readonly string[]; optional: readonly string[] }) {
  const parameters = [...required, ...optional].map((name) => ({
    ...{ name, in: 'formData' },
    required: required.includes(name),
  }))
  return { parameters, responses: {} } satisfies Operation
}

function unknownNames(method: string, form: URLSearchParams, parameters: readonly Parameter[]): string[] {
  const known = new Set([...parameters.map((parameter) => parameter.name), ...(YOUNGER[method] ?? [])])
  return [...form.keys()].filter((name) => !known.has(name)).map((name) => `${method} takes no ${name}`)
}

/** What is wrong with an answer of the stand-in itself, by the description. */
export function answerFaults(method: string, answer: Json): string[] {
  // The description names it for some methods alone, and Slack answers so to any.
  if (answer.error === 'missing_scope') return []
  const schema = operationOf(method)?.responses[answer.ok === true ? '200' : 'default']?.schema
  if (!schema) return []
  const validate = ajv.compile({ ...schema, definitions: spec.definitions })
  return NEWER_ERRORS.has(String(answer.error)) || validate(asDescribed(answer))
    ? []
    : [`the stand-in's own ${method}: ${ajv.errorsText(validate.errors)}`]
}

/** Without what has come since, or what its own examples hold against it. */
function asDescribed({ response_metadata: _page, ...answer }: Json): Json {
  const withoutMetadata = ({ metadata: _metadata, ...message }: Json) => message
  return {
    ...answer,
    // The recorded ids of channels are shorter than those that it describes.
    ...(typeof answer.channel === 'string' && { channel: answer.channel.padEnd(9, '0') }),
    ...(answer.message !== undefined && { message: withoutMetadata(answer.message as Json) }),
    ...(answer.messages !== undefined && {
      messages: atLeastOne(answer.messages as Json[]).map(withoutMetadata),
    }),
  }
}

/** A channel may be empty, whatever it says. */
function atLeastOne(messages: readonly Json[]): readonly Json[] {
  return messages.length > 0 ? messages : [{ type: 'message', text: '', ts: '1234567890.123456' }]
}

function operationOf(method: string): Operation | undefined {
  return Object.values(spec.paths[`/${method}`] ?? {})[0]
}

export function identity(team = TEAM): Json {
  return {
    ok: true,
    url: 'https://test-domain.slack.com/',
    team: 'test-domain',
    user: 'indiescout',
    team_id: team,
    user_id: 'U00000BOT',
    bot_id: 'B00000BOT',
    is_enterprise_install: false,
  }
}

const PROFILE = {
  ...{ real_name: 'Ada', real_name_normalized: 'Ada', display_name: 'ada', display_name_normalized: 'ada' },
  ...{ avatar_hash: '', title: '', phone: '', skype: '', status_text: '', status_emoji: '', fields: null },
}

/** What is known of a user beside what all have in common. */
export type Person = {
  /** Such as `ko-KR`. */
  readonly locale?: string | undefined
  readonly role?: 'admin' | 'owner' | 'primary owner'
  /** Another workspace than ours. */
  readonly team?: string
  /** Their time zone. */
  readonly tz?: string
}

/**
 * The locale comes to those who ask for it, as in `include_locale=true`; nothing to those who may not ask.
 * https://docs.slack.dev/reference/methods/users.info
 */
export function userInfo(
  form: URLSearchParams,
  people: ReadonlyMap<string, Person>,
  scopes: readonly string[],
  ours = TEAM,
): Json {
  if (!scopes.includes('users:read')) return { ok: false, error: 'missing_scope' }
  const id = form.get('user') ?? ''
  const { locale = 'en-US', role, team = ours, tz = 'America/Los_Angeles' } = people.get(id) ?? {}
  const roles = {
    is_admin: role !== undefined,
    is_owner: role === 'owner' || role === 'primary owner',
    is_primary_owner: role === 'primary owner',
  }
  const flags = { is_bot: false, is_app_user: false, deleted: false, team_id: team, tz, ...roles }
  const spoken = form.get('include_locale') === 'true' ? { locale } : {}
  return {
    ok: true,
    user: { id, name: 'ada', updated: 1_700_000_000, profile: PROFILE, ...flags, ...spoken },
  }
}
