import type { UserKey } from '../../../core/ids.ts'
import { errorFields, type Log, newReference } from '../../../core/log.ts'
import type { Attachment, Block, Reply } from '../../../core/reply.ts'
import type { Strings } from '../../../core/strings/language.ts'
import { picturesInWords } from '../../images/in-words.ts'
import type { SendFile } from './files.ts'

type Needs = {
  readonly send: SendFile
  readonly user: UserKey
  readonly strings: () => Promise<Strings>
  readonly log: Log
}

/** Sends a reply's files by direct message, and says so in the reply. A picture that does not get there is told in words. */
export async function uploadFiles(reply: Reply, needs: Needs): Promise<Reply> {
  const [attachment] = reply.attachments
  if (!attachment) return reply
  const { notices } = await needs.strings()
  const failed = await attempt(attachment, needs)
  if (failed === undefined) return saying(reply, notices.fileByMessage)
  return attachment.kind === 'file' ? saying(reply, notices.fileNotSent(failed)) : picturesInWords(reply)
}

/** The reference of the log line where it failed. */
async function attempt(attachment: Attachment, { send, user, log }: Needs): Promise<string | undefined> {
  try {
    await send(user, attachment)
    return undefined
  } catch (error) {
    const reference = newReference()
    log('warn', 'could not upload a file to Slack', {
      reference,
      kind: attachment.kind,
      ...errorFields(error),
    })
    return reference
  }
}

function saying(reply: Reply, sentence: string): Reply {
  const line: Block = { kind: 'text', text: [sentence] }
  const hints = reply.blocks.findIndex(({ kind }) => kind === 'hint')
  return { ...reply, blocks: reply.blocks.toSpliced(hints < 0 ? reply.blocks.length : hints, 0, line) }
}
