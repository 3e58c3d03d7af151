import { ExponentialBackoff, handleAll, retry, TimeoutStrategy, timeout } from 'cockatiel'
import { z } from 'zod'
import type { UserKey } from '../../../core/ids.ts'
import type { Attachment } from '../../../core/reply.ts'
import { drawChart } from '../../images/draw.ts'
import { clip } from '../../platform/outbound-text.ts'
import type { ClientFor } from '../install/access.ts'
import { LIMITS } from '../render/limits.ts'

/** Lays a picture or a file into the direct messages between somebody and the app. Throws where Slack does not take it. */
export type SendFile = (user: UserKey, attachment: Attachment) => Promise<void>

/** For all of it: the answer waits. */
const PATIENCE_MS = 15_000
const UPLOAD_TRIES = 2
const UPLOAD_MS = 5_000

const opened = z.object({ channel: z.object({ id: z.string().min(1) }) })
const ticket = z.object({ upload_url: z.url(), file_id: z.string().min(1) })

/**
 * Private answers take no files: a response URL knows none, and a picture in a block must be one that its reader may see.
 * In the direct messages a file is its reader's own. https://docs.slack.dev/messaging/working-with-files
 */
export function createSendFile(clientFor: ClientFor): SendFile {
  return async (user, attachment) =>
    timeout(PATIENCE_MS, TimeoutStrategy.Aggressive).execute(async ({ signal }) => {
      const content = await contentOf(attachment)
      const client = await clientFor(user)
      const place = await client.conversations.open({ users: user.slice(user.lastIndexOf('.') + 1) })
      const { channel } = opened.parse(place)
      const call: CallMethod = (method, options) => client.apiCall(method, options)
      await uploadFile(call, { name: attachment.name, ...content, channel: channel.id }, signal)
    })
}

export type CallMethod = (method: string, options: Readonly<Record<string, unknown>>) => Promise<unknown>

export type NewFile = {
  readonly name: string
  readonly bytes: Buffer
  readonly alt: string | undefined
  /** Where it is laid; undefined: nowhere, until a message of ours shows it. */
  readonly channel: string | undefined
}

/** Returns the file's id. Throws where Slack does not take it. */
export async function uploadFile(call: CallMethod, file: NewFile, signal: AbortSignal): Promise<string> {
  const { name, bytes, alt, channel } = file
  const { upload_url, file_id } = ticket.parse(
    await call('files.getUploadURLExternal', {
      ...{ filename: name, length: bytes.length },
      ...(alt !== undefined && { alt_txt: clip(alt, LIMITS.fileAltText) }),
    }),
  )
  await upload(upload_url, bytes, signal)
  await call('files.completeUploadExternal', {
    files: [{ id: file_id, title: name }],
    ...(channel !== undefined && { channel_id: channel }),
  })
  return file_id
}

/** A file's bytes, and its words where it is a picture. */
export async function contentOf(attachment: Attachment): Promise<{ bytes: Buffer; alt: string | undefined }> {
  switch (attachment.kind) {
    case 'chart':
      return { bytes: await drawChart(attachment.chart), alt: attachment.alt }
    case 'cover':
      return { bytes: Buffer.from(attachment.png), alt: attachment.alt }
    case 'file':
      return { bytes: Buffer.from(attachment.text), alt: undefined }
  }
}

/** The same bytes twice do no harm; the address is a secret, so no error of `fetch`, which may name it, gets out. */
async function upload(address: string, bytes: Buffer, signal: AbortSignal): Promise<void> {
  const policy = retry(handleAll, {
    maxAttempts: UPLOAD_TRIES - 1,
    backoff: new ExponentialBackoff({ initialDelay: 300 }),
  })
  await policy.execute(async () => {
    const status = await fetch(address, {
      method: 'POST',
      body: new Uint8Array(bytes),
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(UPLOAD_MS)]),
    }).then(
      (response) => response.status,
      () => 'nothing',
    )
    if (status !== 200) throw new Error(`Slack answered an upload with ${status}`)
  }, signal)
}
