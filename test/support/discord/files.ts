/** Files of a message: how they come, and what Discord holds against them. */

export type SentFile = { readonly name: string; readonly bytes: Buffer }

export type ShownFile = SentFile & { readonly description: string | undefined }

export type AttachmentsBody = {
  readonly attachments?: readonly { readonly id: string | number; readonly description?: string }[]
}

/** What an app without boosts may send. */
const MOST_BYTES = 10 * 1024 * 1024

/** A body is JSON, or a form of `payload_json` and `files[n]`. https://docs.discord.com/developers/reference#uploading-files */
export async function readBody(
  bytes: Buffer,
  contentType: string | undefined,
): Promise<{ body: unknown; files: ReadonlyMap<string, SentFile> }> {
  if (!contentType?.startsWith('multipart/form-data')) {
    return { body: bytes.length === 0 ? undefined : JSON.parse(bytes.toString()), files: new Map() }
  }
  const form = await new Response(new Uint8Array(bytes), {
    headers: { 'content-type': contentType },
  }).formData()
  const files = new Map<string, SentFile>()
  for (const [key, value] of form.entries()) {
    const id = /^files\[(\d+)\]$/.exec(key)?.[1]
    if (id === undefined || typeof value === 'string') continue
    files.set(id, { name: value.name, bytes: Buffer.from(await value.arrayBuffer()) })
  }
  return { body: JSON.parse(String(form.get('payload_json'))), files }
}

export function fileFaults(
  { attachments = [] }: AttachmentsBody,
  files: ReadonlyMap<string, SentFile>,
): string[] {
  const checks: readonly [boolean, string][] = [
    [files.size > 10, 'more than ten files'],
    [
      [...files.values()].some(({ bytes }) => bytes.length === 0 || bytes.length > MOST_BYTES),
      'a file of a bad size',
    ],
    [
      [...files.values()].some(({ name }) => !/^[\w.-]{1,100}$/.test(name)),
      'a file with a name that Discord would change',
    ],
    [attachments.some(({ id }) => !files.has(String(id))), 'an attachment without its file'],
    [
      attachments.some(({ description = '' }) => [...description].length > 1024),
      'an alt text over 1024 characters',
    ],
  ]
  return checks.flatMap(([broken, fault]) => (broken ? [fault] : []))
}

/** What stands in the message: without `attachments` in the body, the old ones stay beside the new. */
export function shownFiles(
  body: AttachmentsBody,
  files: ReadonlyMap<string, SentFile>,
  before: readonly ShownFile[],
): ShownFile[] {
  const described = new Map(body.attachments?.map(({ id, description }) => [String(id), description]))
  const sent = [...files].map(([id, file]) => ({ ...file, description: described.get(id) }))
  return body.attachments ? sent : [...before, ...sent]
}
