import { EventEmitter, once } from 'node:events'
import type { App } from '../../../core/app.ts'
import type { CommandRequest } from '../../../core/command-request.ts'
import type { Choice, Suggests } from '../../../core/commands/spec.ts'
import type { PlaceKey } from '../../../core/ids.ts'
import type { Level } from '../../../core/log.ts'
import type { Reply } from '../../../core/reply.ts'
import { explained } from '../../../core/use-cases/answering.ts'
import { wordsWithExamples } from '../builders/examples.ts'
import { formatterFor } from '../builders/platforms.ts'
import { replies } from '../builders/replies.ts'
import { PATIENCE_MS } from '../patience.ts'

export type Line = {
  readonly level: Level
  readonly message: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** An app that answers as it is told, and remembers what it was asked and what was logged. */
export function fakeApp() {
  const events = new EventEmitter()
  const app = {
    asks: [] as CommandRequest[],
    lines: [] as Line[],
    undeliveredReplies: [] as Reply[],
    withdrawnAsks: [] as CommandRequest[],
    removals: [] as string[],
    /** What a removal comes to. */
    forgets: async (): Promise<void> => {},
    reply: (_ask: CommandRequest): Reply | Promise<Reply> => replies.plain,
    choices: (_typed: string, _what: Suggests): readonly Choice[] | Promise<readonly Choice[]> => [],
    strings: (async (speaker) =>
      wordsWithExamples(speaker.locale, formatterFor(speaker))) satisfies App['strings'],
    async handle(request: CommandRequest): Promise<Reply> {
      if (request.kind === 'unclear')
        return explained(request.problem, wordsWithExamples(request.locale, formatterFor(request)))
      app.asks.push(request)
      events.emit('changed')
      return app.reply(request)
    },
    suggest: async (what: Suggests, typed: string) => app.choices(typed, what),
    async removed(place: PlaceKey) {
      app.removals.push(place)
      events.emit('changed')
      await app.forgets()
    },
    async undelivered(reply: Reply) {
      app.undeliveredReplies.push(reply)
    },
    async withdrawn(request: CommandRequest) {
      app.withdrawnAsks.push(request)
    },
    log(level: Level, message: string, fields: Readonly<Record<string, unknown>> = {}) {
      app.lines.push({ level, message, fields })
      events.emit('changed')
    },
    /** The first line that says this, once it is there. */
    async logged(message: string): Promise<Line> {
      const patience = AbortSignal.timeout(PATIENCE_MS)
      for (;;) {
        const line = app.lines.find((found) => found.message.includes(message))
        if (line) return line
        await once(events, 'changed', { signal: patience })
      }
    },
    async asked(count: number): Promise<void> {
      const patience = AbortSignal.timeout(PATIENCE_MS)
      while (app.asks.length < count) await once(events, 'changed', { signal: patience })
    },
  }
  return app
}

export type FakeApp = ReturnType<typeof fakeApp>
