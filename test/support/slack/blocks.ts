import { z } from 'zod'

/**
 * What Slack accepts in a message, from its documentation and not from our own code:
 * https://docs.slack.dev/reference/block-kit/blocks, https://docs.slack.dev/messaging/formatting-message-text
 */

const id = z.string().min(1).max(255)

function plainText(longest: number) {
  return z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(longest),
    emoji: z.boolean().optional(),
  })
}

/** A sign that is neither part of an escape nor of a link to the web or a channel; it would be lost, or ping somebody. */
const UNESCAPED =
  /&(?!(?:amp|lt|gt);)|<(?!https?:\/\/[^<>|\s]+(?:\|[^<>|]+)?>|@[UW][A-Z0-9]*>|#[CG][A-Z0-9]*>)|(?<!<https?:\/\/[^<>]*|<@[UW][A-Z0-9]*|<#[CG][A-Z0-9]*)>/

const mrkdwnString = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .refine((text) => !UNESCAPED.test(text), 'holds an unescaped &, < or >, or a mention of many')

function text(longest: number) {
  const mrkdwn = z.strictObject({
    type: z.literal('mrkdwn'),
    text: mrkdwnString(longest),
    verbatim: z.boolean().optional(),
  })
  return z.discriminatedUnion('type', [plainText(longest), mrkdwn])
}

const image = z.strictObject({
  type: z.literal('image'),
  image_url: z.url({ protocol: /^https$/ }).max(3000),
  alt_text: z.string().min(1).max(2000),
})

const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(75),
  action_id: id,
  value: z.string().max(2000).optional(),
  url: z.url().max(3000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
})

const section = z
  .strictObject({
    type: z.literal('section'),
    block_id: id.optional(),
    text: text(3000).optional(),
    fields: z.array(text(2000)).min(1).max(10).optional(),
    accessory: z.discriminatedUnion('type', [image, button]).optional(),
  })
  .refine((block) => block.text !== undefined || block.fields !== undefined, 'needs text or fields')

const block = z.discriminatedUnion('type', [
  section,
  z.strictObject({
    type: z.literal('context'),
    block_id: id.optional(),
    elements: z
      .array(z.union([image, text(2000)]))
      .min(1)
      .max(10),
  }),
  z.strictObject({
    type: z.literal('actions'),
    block_id: id.optional(),
    elements: z.array(button).min(1).max(25),
  }),
  z.strictObject({ type: z.literal('divider'), block_id: id.optional() }),
  z.strictObject({ type: z.literal('header'), block_id: id.optional(), text: plainText(150) }),
  // https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object
  z.strictObject({
    type: z.literal('image'),
    block_id: id.optional(),
    slack_file: z.strictObject({ id: z.string().regex(/^F[A-Z0-9]{8,}$/) }),
    alt_text: z.string().min(1).max(2000),
  }),
])

const blocks = z
  .array(block)
  .max(50)
  .refine(
    (all) => isUnique(buttonsIn(all).map((element) => element.action_id)),
    'two elements have the same action_id',
  )
  .refine((all) => isUnique(all.flatMap((one) => one.block_id ?? [])), 'two blocks have the same block_id')

export type Block = z.infer<typeof block>

/** What is posted to a response URL. https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
export const response = z
  .strictObject({
    text: mrkdwnString(40_000),
    blocks,
    response_type: z.enum(['ephemeral', 'in_channel']),
    replace_original: z.boolean().optional(),
    unfurl_links: z.boolean().optional(),
    unfurl_media: z.boolean().optional(),
  })
  // A mention in what everybody sees notifies; in what is private to somebody else it is a name.
  .refine(
    (message) => message.response_type === 'ephemeral' || !/<@/.test(JSON.stringify(message)),
    'mentions somebody in front of everybody',
  )

/** "Include `delete_original` as the sole attribute": https://docs.slack.dev/interactivity/handling-user-interaction#deleting_message_response */
export const deletion = z.strictObject({ delete_original: z.literal(true) })

/** A call to many: it notifies wherever it stands. */
const CALL = /<!(?:here|channel|subteam\^S[A-Z0-9]+)>/g

/** JSON in a form field. Calls are no faults of a message that the app posts by itself. */
const inJson = z.string().transform((text) => JSON.parse(text) as unknown)
const callingBlocks = inJson.superRefine((value, { addIssue }) => {
  const quiet = JSON.parse(JSON.stringify(value).replace(CALL, 'all'))
  for (const issue of blocks.safeParse(quiet).error?.issues ?? []) addIssue({ ...issue, code: 'custom' })
})

/** What `chat.postMessage` takes, as far as this app uses it. https://docs.slack.dev/reference/methods/chat.postMessage */
export const posting = z.object({
  channel: z.string(),
  text: mrkdwnString(40_000),
  blocks: callingBlocks.transform((value) => value as Block[]),
  unfurl_links: z.literal('false'),
  unfurl_media: z.literal('false'),
  metadata: inJson
    .pipe(
      z.strictObject({
        event_type: z.string().regex(/^\w{1,255}$/),
        event_payload: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
      }),
    )
    .optional(),
})

/** What Slack would find wrong with a message; empty for a good one. */
export function messageFaults(message: unknown): string[] {
  const parsed = response.safeParse(message)
  return parsed.success ? [] : parsed.error.issues.map(inWords)
}

export function inWords(issue: { path: readonly PropertyKey[]; message: string }): string {
  return `${issue.path.map(String).join('.')}: ${issue.message}`
}

export function buttonsIn(all: readonly Block[]): z.infer<typeof button>[] {
  return all.flatMap((one) => {
    if (one.type === 'actions') return one.elements
    return one.type === 'section' && one.accessory?.type === 'button' ? [one.accessory] : []
  })
}

/** The mentions in a message that notify somebody: those in its mrkdwn, not in what is plain text. */
export function pingsIn(message: { readonly text: string; readonly blocks: unknown }): string[] {
  const texts = [message.text]
  JSON.stringify(message.blocks, (_key, value) => {
    if (value?.type === 'mrkdwn') texts.push(value.text)
    return value
  })
  return texts.flatMap((text) => text.match(/<[!@][^>]*>/g) ?? [])
}

/** All words of a message as a person reads them. */
export function wordsIn(all: readonly Block[]): string {
  return all.flatMap(textsOf).map(asRead).join('\n')
}

function textsOf(one: Block): string[] {
  switch (one.type) {
    case 'section':
      return [one.text, ...(one.fields ?? [])].flatMap((part) => part?.text ?? [])
    case 'context':
      return one.elements.flatMap((part) => (part.type === 'image' ? part.alt_text : part.text))
    case 'header':
      return [one.text.text]
    case 'actions':
    case 'divider':
    case 'image':
      return []
  }
}

function asRead(text: string): string {
  return text
    .replace(/(?<=^|\s)([*_])(.+?)\1(?=$|\s)/gm, '$2')
    .replace(/<[^<>|]+\|([^<>]+)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

function isUnique(values: readonly string[]): boolean {
  return new Set(values).size === values.length
}
