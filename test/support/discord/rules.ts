import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'
import type { AttachmentsBody } from './files.ts'

/** Discord's contract as checks: its OpenAPI document, and the written limits which that document misses. */

const FIXTURES = new URL('../../fixtures/discord/', import.meta.url)

type Content = { readonly content?: Readonly<Record<string, unknown>> }
type Operation = { readonly requestBody?: Content; readonly responses?: Readonly<Record<string, Content>> }
type Spec = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }

const spec: Spec = JSON.parse(gunzipSync(readFileSync(new URL('openapi-v10.json.gz', FIXTURES))).toString())
const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false })
ajvFormats.default(ajv)
ajv.addSchema(spec, 'discord')

/** Templates with fewer parameters first, so that `@me` and `@original` are found before `{id}`. */
const templates = Object.keys(spec.paths)
  .toSorted((a, b) => a.split('{').length - b.split('{').length)
  .map((template) => ({ template, pattern: new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`) }))

const compiled = new Map<string, ValidateFunction>()

type Part = readonly ['requestBody'] | readonly ['responses', '200']

function validator(template: string, method: string, part: Part): ValidateFunction | undefined {
  const key = `${method} ${template} ${part.join(' ')}`
  const known = compiled.get(key)
  const operation = spec.paths[template]?.[method]
  const described = part[0] === 'requestBody' ? operation?.requestBody : operation?.responses?.[part[1]]
  if (known || !described?.content?.['application/json']) return known
  const pointer = ['paths', template, method, ...part, 'content', 'application/json', 'schema']
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/')
  const validate = ajv.compile({ $ref: `discord#/${pointer}` })
  compiled.set(key, validate)
  return validate
}

/** What is wrong with a request by the OpenAPI document; empty where nothing is. `path` is without `/api/v10`. */
export function specFaults(method: string, path: string, body: unknown): string[] {
  const template = templateOf(method, path)
  if (template === undefined) return [`no such endpoint: ${method} ${path}`]
  const validate = validator(template, method.toLowerCase(), ['requestBody'])
  if (!validate) return body === undefined ? [] : [`${method} ${template} takes no body`]
  if (validate(body)) return []
  return [`${method} ${template}: ${ajv.errorsText(validate.errors)}`]
}

/** What is wrong with an answer of the stand-in itself, by the document. */
export function answerFaults(method: string, path: string, body: unknown): string[] {
  const validate = validator(templateOf(method, path) ?? '', method.toLowerCase(), ['responses', '200'])
  if (!validate) return [`nothing is known of the answer to ${method} ${path}`]
  return validate(body) ? [] : [`the stand-in's own ${method} ${path}: ${ajv.errorsText(validate.errors)}`]
}

function templateOf(method: string, path: string): string | undefined {
  return templates.find(
    ({ template, pattern }) => pattern.test(path) && spec.paths[template]?.[method.toLowerCase()],
  )?.template
}

type Embed = {
  readonly title?: string
  readonly description?: string
  readonly url?: string
  readonly fields?: readonly { readonly name: string; readonly value: string }[]
  readonly footer?: { readonly text: string }
  readonly image?: { readonly url: string }
  readonly thumbnail?: { readonly url: string }
}

export type MessageBody = AttachmentsBody & {
  readonly content?: string
  readonly embeds?: readonly Embed[]
  readonly components?: readonly {
    readonly components: readonly { readonly custom_id: string; readonly label: string }[]
  }[]
  readonly allowed_mentions?: { readonly parse?: readonly string[] }
  readonly flags?: number
}

/** Discord counts characters, not UTF-16 units. */
export const count = (text: string | undefined) => [...(text ?? '')].length

function embedSize({ title, description, fields = [], footer }: Embed): number {
  const inFields = fields.reduce((sum, field) => sum + count(field.name) + count(field.value), 0)
  return count(title) + count(description) + count(footer?.text) + inFields
}

/** Limits of a message beyond the document, and our own rule that no message pings. */
export function messageFaults(body: MessageBody): string[] {
  const isQuiet = JSON.stringify(body.allowed_mentions) === '{"parse":[]}'
  return [...limitFaults(body), ...(isQuiet ? [] : ['the message may ping'])]
}

/** Those of a message that the bot posts by itself, and our own rules: it is recognised when it comes again, and pings by a call alone. */
export function postFaults(body: MessageBody & { nonce?: unknown; enforce_nonce?: unknown }): string[] {
  const { parse = ['all'], ...others } = body.allowed_mentions ?? {}
  const pingsMore =
    parse.some((what) => what !== 'everyone') || Object.keys(others).some((it) => it !== 'roles')
  return [
    ...limitFaults(body),
    ...(body.nonce && body.enforce_nonce === true ? [] : ['a post without an enforced nonce']),
    ...(pingsMore ? ['the message may ping more than it calls'] : []),
  ]
}

function limitFaults(body: MessageBody): string[] {
  const { content, embeds = [], components = [] } = body
  const ids = components.flatMap((row) => row.components.map((button) => button.custom_id))
  const checks: readonly [boolean, string][] = [
    [count(content) > 2000, 'content has more than 2000 characters'],
    [!content?.trim() && embeds.length === 0, 'the message is empty (50006)'],
    [
      embeds.reduce((sum, embed) => sum + embedSize(embed), 0) > 6000,
      'embeds hold more than 6000 characters',
    ],
    [components.length > 5, 'more than five rows'],
    [
      components.some((row) => row.components.length === 0 || row.components.length > 5),
      'a row of a bad size',
    ],
    [new Set(ids).size < ids.length, 'a custom_id stands twice'],
    [ids.some((id) => !id), 'a button without custom_id'],
    ...embedChecks(embeds),
  ]
  return checks.flatMap(([broken, fault]) => (broken ? [fault] : []))
}

function embedChecks(embeds: readonly Embed[]): [boolean, string][] {
  const urls = embeds.flatMap((embed) => embed.url ?? [])
  const pictures = embeds.flatMap((embed) => [embed.image?.url ?? [], embed.thumbnail?.url ?? []].flat())
  const fields = embeds.flatMap((embed) => embed.fields ?? [])
  return [
    [new Set(urls).size < urls.length, 'two embeds share an address and would be merged'],
    [urls.some((url) => !/^https?:\/\//.test(url)), 'an embed links somewhere else than the web'],
    [pictures.some((url) => !/^https:\/\//.test(url)), 'a picture is not on https'],
    [fields.some((field) => !field.name.trim() || !field.value.trim()), 'a field is empty'],
    [embeds.some((embed) => embedSize(embed) === 0), 'an embed is empty'],
  ]
}
