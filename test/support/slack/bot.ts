import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startSlack } from '../../../bot/slack/adapter.ts'
import type { Access } from '../../../bot/slack/install/access.ts'
import type { CommandRequest, Requester } from '../../../core/command-request.ts'
import type { Level } from '../../../core/log.ts'
import type { Reply } from '../../../core/reply.ts'
import { explained } from '../../../core/use-cases/answering.ts'
import { wordsWithExamples } from '../builders/examples.ts'
import { formatterFor } from '../builders/platforms.ts'
import { replies } from '../builders/replies.ts'
import { type SlackServer, startSlackServer } from './server.ts'

type Line = {
  readonly level: Level
  readonly message: string
  readonly fields: Readonly<Record<string, unknown>>
}

export type SlackBot = Awaited<ReturnType<typeof startSlackBot>>

/** The real adapter in front of a core that is a function, talking to a stand-in for Slack. */
export async function startSlackBot(
  mode: 'socket' | 'http',
  answer: (ask: CommandRequest) => Reply | Promise<Reply> = () => replies.plain,
  given?: SlackServer,
  access?: Access,
) {
  const slack = given ?? (await startSlackServer({ mode }))
  const asks: CommandRequest[] = []
  const undelivered: Reply[] = []
  const withdrawn: CommandRequest[] = []
  const removals: string[] = []
  const lines: Line[] = []
  const app = {
    handle: async (request: CommandRequest) => {
      if (request.kind === 'unclear')
        return explained(
          request.problem,
          wordsWithExamples(request.locale, formatterFor(request), 'workspace'),
        )
      asks.push(request)
      return answer(request)
    },
    removed: async (place: string) => {
      removals.push(place)
      slack.changed()
    },
    strings: async (requester: Pick<Requester, 'locale' | 'user'>) =>
      wordsWithExamples(requester.locale, formatterFor(requester), 'workspace'),
    undelivered: async (reply: Reply) => {
      undelivered.push(reply)
    },
    withdrawn: async (request: CommandRequest) => {
      withdrawn.push(request)
    },
  }
  const bot = await startSlack({
    ...slack.options,
    ...(access && { access }),
    app,
    log: (level, message, fields = {}) => {
      lines.push({ level, message, fields })
      slack.changed()
    },
  })
  const server = createServer((request, response) => bot.requestListener?.(request, response))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const eventsUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`
  slack.sendEventsTo(eventsUrl)
  return {
    slack,
    bot,
    app,
    asks,
    undelivered,
    withdrawn,
    removals,
    lines,
    eventsUrl,
    /** Lines that an operator should read. */
    troubles: () => lines.filter(({ level }) => level === 'warn' || level === 'error'),
    async close(): Promise<void> {
      await bot.stop()
      server.closeAllConnections()
      await once(server.close(), 'close')
      await slack.close()
      const secret = /stand-in-|\/respond\/|ticket=/.exec(JSON.stringify(lines))
      if (secret) throw new Error(`a secret reached the log: ${secret.input}`)
    },
  }
}
