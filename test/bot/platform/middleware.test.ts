import { Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { createCommandMetrics } from '../../../bot/platform/command-metrics.ts'
import { withMiddleware } from '../../../bot/platform/middleware.ts'
import type { App } from '../../../core/app.ts'
import { note } from '../../../core/cards/cards.ts'
import type { CommandRequest, RequestOf } from '../../../core/command-request.ts'
import type { AnswerId } from '../../../core/ids.ts'
import type { Journal } from '../../../core/players/journal.ts'
import { stringsIn } from '../../../core/strings/strings.ts'
import { Unavailable } from '../../../core/unavailable.ts'
import { asker } from '../../support/builders/requesters.ts'

const request: CommandRequest = {
  kind: 'press',
  ...asker(),
  action: { verb: 'share', answer: 'abcdefgh' as AnswerId, page: 0 },
}

const appThat = (answer: App['handle']): App => ({
  handle: answer,
  suggest: async () => [],
  undelivered: async () => {},
  withdrawn: async () => {},
  removed: async () => {},
  strings: async ({ locale }) => stringsIn(locale),
})

function recorder() {
  const lines: { level: string; message: string; fields: Record<string, unknown> }[] = []
  const entries: Parameters<Journal['record']>[0][] = []
  return {
    lines,
    entries,
    log: (level: string, message: string, fields = {}) => void lines.push({ level, message, fields }),
    journal: {
      record: async (entry: (typeof entries)[number]) => {
        entries.push(entry)
      },
      during: async <T>(work: () => Promise<T>) => work(),
    },
  }
}

describe('the middleware', () => {
  it.each([
    [new Unavailable('steam', new Error('ECONNRESET')), 'warn', 'Steam isn’t answering'],
    [new TypeError('undefined is not a game'), 'error', 'Something went wrong on our side'],
  ])('turns %o into words with the reference that stands in the log', async (error, level, words) => {
    const { log, lines, journal, entries } = recorder()
    const reply = await withMiddleware(
      appThat(() => Promise.reject(error)),
      { log, journal, coolDown: () => 0 },
    ).handle(request)
    const line = lines.find((one) => one.message === 'no answer')
    expect(line?.level).toBe(level)
    expect(reply.delivery).toBe('aside')
    expect(reply.summary).toContain(words)
    expect(reply.summary).toContain(String(line?.fields.reference))
    expect(entries).toMatchObject([{ kind: 'press', outcome: `failed: ${level}` }])
  })

  it('leaves one line in the log, which does not tell who asked or for what', async () => {
    const { log, lines, journal } = recorder()
    await withMiddleware(
      appThat(async () => note('answer', 'hello')),
      { log, journal, coolDown: () => 0 },
    ).handle(request)
    const fields = { kind: 'press', outcome: 'sentence', milliseconds: expect.any(Number) }
    expect(lines).toEqual([{ level: 'info', message: 'answered', fields }])
  })

  it('writes nothing down of somebody who has just been forgotten', async () => {
    const { log, journal, entries } = recorder()
    const forget: CommandRequest = { ...(request as RequestOf<'press'>), action: { verb: 'forget' } }
    await withMiddleware(
      appThat(async () => note('answer', 'forgotten')),
      { log, journal, coolDown: () => 0 },
    ).handle(forget)
    expect(entries).toEqual([])
  })

  it('gives the answer even when the journal is lost', async () => {
    const { log, lines } = recorder()
    const journal = { ...recorder().journal, record: () => Promise.reject(new Unavailable('database')) }
    const guarded = withMiddleware(
      appThat(async () => note('answer', 'hello')),
      { log, journal, coolDown: () => 0 },
    )
    expect((await guarded.handle(request)).summary).toBe('hello')
    await guarded.journalled()
    expect(lines.some((line) => line.level === 'warn')).toBe(true)
  })

  it('answers before the journal has written, and a shutdown waits for it', async () => {
    const { log } = recorder()
    const { promise, resolve } = Promise.withResolvers<void>()
    const journal = { ...recorder().journal, record: () => promise }
    const guarded = withMiddleware(
      appThat(async () => note('answer', 'hello')),
      { log, journal, coolDown: () => 0 },
    )
    expect((await guarded.handle(request)).summary).toBe('hello')
    let written = false
    const waiting = guarded.journalled().then(() => {
      written = true
    })
    await Promise.resolve()
    expect(written).toBe(false)
    resolve()
    await waiting
  })

  it.each(['press', 'help'] as const)('tells whoever is too fast when to ask again: %s', async (kind) => {
    const { log, journal, entries } = recorder()
    const asked: CommandRequest[] = []
    const { handle } = withMiddleware(
      appThat(async (one) => {
        asked.push(one)
        return note('answer', 'hello')
      }),
      { log, journal, coolDown: (_who, cost) => (cost === 1 ? 7 : 2) },
    )
    const { action: _action, ...asker } = request as RequestOf<'press'>
    const reply = await handle(kind === 'press' ? request : { ...asker, kind, locale: 'ko' })
    expect(reply).toMatchObject(
      kind === 'press'
        ? { delivery: 'aside', summary: 'That was quick! Try again in 2 seconds.' }
        : { delivery: 'answer', summary: '조금 빨라요! 7초 뒤에 다시 요청해 주세요.' },
    )
    expect([asked, entries]).toEqual([[], []])
  })

  it.each([
    [async () => note('answer', 'Yes.'), 0, 'sentence'],
    [() => Promise.reject(new Unavailable('steam', new Error('ECONNRESET'))), 0, 'unavailable'],
    [() => Promise.reject(new TypeError('undefined is not a game')), 0, 'failed'],
    [async () => note('answer', 'Yes.'), 30, 'too-fast'],
  ] satisfies [App['handle'], number, string][])(
    'counts how it ended: %#',
    async (asked, seconds, outcome) => {
      const { log, journal } = recorder()
      const registry = new Registry()
      const onAnswered = createCommandMetrics(registry)
      await withMiddleware(appThat(asked), { log, journal, coolDown: () => seconds, onAnswered }).handle(
        request,
      )
      const metrics = await registry.metrics()
      expect(metrics).toContain(`commands_total{command="press",outcome="${outcome}"} 1\n`)
      expect(metrics.match(/^commands_total.* 1$/gm)).toHaveLength(1)
      expect(metrics).toContain(`command_seconds_count{platform="discord"} ${seconds > 0 ? 0 : 1}\n`)
    },
  )
})
