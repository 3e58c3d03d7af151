import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'
import { Locale } from 'discord.js'
import type { AttachmentsBody } from './discord-files.ts'

/** Discord's contract as checks: its OpenAPI document, and the written limits which that document misses. */

const FIXTURES = new URL('../fixtures/discord/', import.meta.url)

type Operation = { readonly requestBody?: { readonly content?: Readonly<Record<string, unknown>> } }
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

function validator(template: string, method: string): ValidateFunction | undefined {
  const key = `${method} ${template}`
  const known = compiled.get(key)
  if (known || !spec.paths[template]?.[method]?.requestBody?.content?.['application/json']) return known
  const pointer = ['paths', template, method, 'requestBody', 'content', 'application/json', 'schema']
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/')
  const validate = ajv.compile({ $ref: `discord#/${pointer}` })
  compiled.set(key, validate)
  return validate
}

/** What is wrong with a request by the OpenAPI document; empty where nothing is. `path` is without `/api/v10`. */
export function specFaults(method: string, path: string, body: unknown): string[] {
  const found = templates.find(
    ({ template, pattern }) => pattern.test(path) && spec.paths[template]?.[method.toLowerCase()],
  )
  if (!found) return [`no such endpoint: ${method} ${path}`]
  const validate = validator(found.template, method.toLowerCase())
  if (!validate) return body === undefined ? [] : [`${method} ${found.template} takes no body`]
  if (validate(body)) return []
  return [`${method} ${found.template}: ${ajv.errorsText(validate.errors)}`]
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
const count = (text: string | undefined) => [...(text ?? '')].length

function embedSize({ title, description, fields = [], footer }: Embed): number {
  const inFields = fields.reduce((sum, field) => sum + count(field.name) + count(field.value), 0)
  return count(title) + count(description) + count(footer?.text) + inFields
}

/** Limits of a message beyond the document, and our own rule that no message pings. */
export function messageFaults(body: MessageBody): string[] {
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
    [JSON.stringify(body.allowed_mentions) !== '{"parse":[]}', 'the message may ping'],
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

type Localised = Readonly<Record<string, string>>

type Named = { readonly name: string; readonly name_localizations?: Localised }

type Described = Named & { readonly description?: string; readonly description_localizations?: Localised }

export type CommandBody = Described & {
  readonly options?: readonly (Described & {
    readonly required?: boolean
    readonly autocomplete?: boolean
    readonly choices?: readonly (Named & { readonly value: string | number })[]
  })[]
}

const NAME = /^[-_'\p{L}\p{N}]{1,32}$/u
const LOCALES: ReadonlySet<string> = new Set(Object.values(Locale))

/** Limits of an application command beyond the document. */
export function commandFaults(command: CommandBody): string[] {
  const { name, description = '', options = [] } = command
  const named = [command, ...options]
  const names = named.flatMap((each) => texts(each.name, each.name_localizations))
  const descriptions = named.flatMap((each) => texts(each.description, each.description_localizations))
  const choices = options.flatMap((option) => option.choices ?? [])
  const languages = [...named, ...choices].flatMap((each: Described) => [
    ...Object.keys(each.name_localizations ?? {}),
    ...Object.keys(each.description_localizations ?? {}),
  ])
  const firstOptional = options.findIndex((option) => !option.required)
  const checks: readonly [boolean, string][] = [
    [names.some((each = '') => !NAME.test(each) || each !== each.toLowerCase()), 'a bad name'],
    [descriptions.some((each) => !each || count(each) > 100), 'a bad description'],
    [languages.some((each) => !LOCALES.has(each)), 'a language that Discord does not know'],
    [commandSize(command) > 8000, 'more than 8000 characters'],
    [
      firstOptional >= 0 && options.slice(firstOptional).some((option) => option.required),
      'required after optional',
    ],
    [standTwice(options), 'an option stands twice'],
    [options.some((option) => option.autocomplete && option.choices), 'choices beside autocomplete'],
    [description.trim() === '', 'no description'],
  ]
  return checks.flatMap(([broken, fault]) => (broken ? [`/${name}: ${fault}`] : []))
}

/** What is wrong with all commands of an app: each by itself, and beside the others. */
export function commandListFaults(commands: readonly CommandBody[]): string[] {
  return [...commands.flatMap(commandFaults), ...(standTwice(commands) ? ['a command stands twice'] : [])]
}

/** Of each field the longest language counts. https://docs.discord.com/developers/interactions/application-commands#slash-commands */
export function commandSize({ options = [], ...command }: CommandBody): number {
  const size = (each: Described) =>
    longest(texts(each.name, each.name_localizations)) +
    longest(texts(each.description, each.description_localizations))
  const choices = options.flatMap((option) => option.choices ?? [])
  const values = choices.reduce((sum, { value }) => sum + count(String(value)), 0)
  return [command, ...options, ...choices].reduce((sum, each) => sum + size(each), values)
}

function texts(text: string | undefined, inLanguages: Localised | undefined): (string | undefined)[] {
  return [text, ...Object.values(inLanguages ?? {})]
}

function longest(all: readonly (string | undefined)[]): number {
  return Math.max(...all.map(count))
}

/** In one language two are called alike, or one as another is called by default. */
function standTwice(siblings: readonly Named[]): boolean {
  const languages = new Set(siblings.flatMap((each) => Object.keys(each.name_localizations ?? {})))
  return ['', ...languages].some((language) => {
    const names = siblings.flatMap(({ name, name_localizations }) => [
      ...new Set([name, name_localizations?.[language] ?? name]),
    ])
    return new Set(names).size < names.length
  })
}
