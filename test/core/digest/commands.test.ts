import { beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../../core/app.ts'
import type { CommandRequest, Requester } from '../../../core/command-request.ts'
import { parseCommand, type Values } from '../../../core/parsing/parse.ts'
import type { Reply } from '../../../core/reply.ts'
import { asShown } from '../../support/as-shown.ts'
import { game } from '../../support/builders/games.ts'
import { syntaxFor } from '../../support/builders/platforms.ts'
import { asker } from '../../support/builders/requesters.ts'
import { memoryDigests } from '../../support/fakes/memory-digests.ts'
import { memoryCatalogue, memoryPorts } from '../../support/fakes/ports.ts'

/** A Wednesday. */
const NOW = new Date('2026-11-25T12:00:30Z')
const MANAGER: Partial<Requester> = { manages: 'place' }
const IN_KOREAN: Partial<Requester> = { ...MANAGER, locale: 'ko' }

let digests: ReturnType<typeof memoryDigests>
let ask: (command: string, values?: Values, who?: Partial<Requester>) => Promise<Reply>

beforeEach(() => {
  digests = memoryDigests()
  const catalogue = memoryCatalogue([game({ tags: ['Roguelike'] })])
  const app = createApp(memoryPorts({ digests, catalogue, now: () => NOW }))
  ask = (command, values = {}, who = MANAGER) => {
    const by = asker(who)
    const parsed = parseCommand(`digest ${command}`, values, by, syntaxFor(by))
    const asked: CommandRequest = parsed.ok
      ? parsed.request
      : { ...by, kind: 'unclear', problem: parsed.problem }
    return app.handle(asked)
  }
})

const text = (reply: Reply) =>
  reply.blocks.map((block) => (block.kind === 'text' ? block.text.map(String).join('') : '')).join('\n')
const said = async (...what: Parameters<typeof ask>) => asShown((await ask(...what)).summary)

describe('/digest subscribe', () => {
  it('sets one up for this channel, and tells the next three times by the clock of its place', async () => {
    const reply = await ask('subscribe', {
      day: 'friday',
      time: '9',
      timezone: 'asia/seoul',
      genre: 'roguelike',
    })
    expect(reply.summary).toBe('Digest 1 is set up: 5 games of Roguelike for this channel, every week.')
    expect(text(reply)).toContain('Fridays at 09:00 (Asia/Seoul)')
    expect(text(reply)).toContain('Fri, Nov 27, 09:00 · Fri, Dec 4, 09:00 · Fri, Dec 11, 09:00')
    expect(digests.listed).toMatchObject([
      {
        ...{
          number: 1,
          place: 'discord:5',
          channel: 'discord:7',
          createdBy: 'discord:1',
          genres: ['Roguelike'],
        },
        ...{ count: 5, locale: 'en', call: undefined, nextDueAt: new Date('2026-11-27T00:00:00Z') },
      },
    ])
  })

  it('speaks and posts in the language of whoever sets it up, unless told', async () => {
    expect(await said('subscribe', {}, IN_KOREAN)).toContain('1번 다이제스트를 만들었어요')
    await ask('subscribe', { language: 'en' }, IN_KOREAN)
    expect(digests.listed.map(({ locale }) => locale)).toEqual(['ko', 'en'])
  })

  it('goes by the asker’s own time zone where the platform tells it, else by UTC', async () => {
    await ask('subscribe', {}, { ...MANAGER, timezone: 'America/New_York' })
    await ask('subscribe', {}, { ...MANAGER, timezone: 'Mars/Olympus' })
    await ask('subscribe')
    expect(digests.listed.map(({ schedule }) => schedule.timezone)).toEqual([
      'America/New_York',
      'UTC',
      'UTC',
    ])
  })

  it.each([
    [{ time: '25:00' }, '“25:00” isn’t a time'],
    [{ timezone: 'Seoull' }, 'I don’t know the time zone “Seoull”'],
    [{ timezone: 'York' }, 'Did you mean America/New_York?'],
    [{ genre: 'Roguelikke' }, 'Did you mean Roguelike?'],
    [{ mention: '@somebody' }, 'A digest can’t notify'],
    [{ day: 'someday' }, 'day must be'],
    [{ count: 11 }, 'count must be'],
  ])('writes nothing for %j, and says what to do', async (values, sentence) => {
    expect(await said('subscribe', values)).toContain(sentence)
    expect(digests.listed).toEqual([])
  })

  it('calls people only for those who may call them themselves', async () => {
    const posting = { lacks: [], readsHistory: true, mayCall: false }
    expect(await said('subscribe', { mention: '@here' }, { ...MANAGER, posting })).toContain(
      'Mention Everyone',
    )
    await ask('subscribe', { mention: '<@&42>' }, { ...MANAGER, posting: { ...posting, mayCall: true } })
    expect(digests.listed.map(({ call }) => call)).toEqual([{ role: '42' }])
  })

  it('calls nobody whom it may not call itself, and a role that anybody may call for anybody', async () => {
    const posting = {
      lacks: [],
      readsHistory: true,
      mayCall: true,
      weMayNotCall: true,
      openRoles: ['7'],
    } as const
    expect(await said('subscribe', { mention: '@here' }, { ...MANAGER, posting })).toContain('Give me')
    expect(await said('subscribe', { mention: '<@&42>' }, { ...MANAGER, posting })).toContain('Give me')
    await ask('subscribe', { mention: '<@&7>' }, { ...MANAGER, posting: { ...posting, mayCall: false } })
    expect(digests.listed.map(({ call }) => call)).toEqual([{ role: '7' }])
  })

  it('names what it lacks where it may not post, and says what follows where it may not read', async () => {
    const posting = { lacks: ['Embed Links'], readsHistory: false, mayCall: true }
    expect(await said('subscribe', {}, { ...MANAGER, posting })).toContain('I need Embed Links')
    const reply = await ask('subscribe', {}, { ...MANAGER, posting: { ...posting, lacks: [] } })
    expect(text(reply)).toContain('rather skip it than post it twice')
  })

  it('takes no more than ten of a place', async () => {
    for (let n = 0; n < 10; n += 1) await ask('subscribe')
    expect(await said('subscribe')).toContain('There are already 10 digests here')
    expect(await said('subscribe', {}, { ...MANAGER, place: 'discord:6' })).toContain('Digest 1 is set up')
  })
})

describe('who may set up digests', () => {
  it.each<[Partial<Requester>, string]>([
    [{ manages: 'nothing' }, 'Manage Server or Manage Channels'],
    [{ manages: 'nothing', user: 'slack:T1.U1', place: 'slack:T1' }, 'admins and owners of this workspace'],
    [{ manages: 'unknown' }, 'Try again'],
    [{ manages: 'place', place: undefined }, 'Run this in a channel'],
  ])('not %j', async (who, sentence) => {
    for (const command of ['subscribe', 'list', 'preview', 'now', 'pause', 'resume', 'remove'])
      expect(await said(command, {}, who)).toContain(sentence)
    expect(digests.listed).toEqual([])
  })

  it('those of one channel see and change theirs alone', async () => {
    await ask('subscribe', {}, { ...MANAGER, channel: 'discord:8' })
    await ask('subscribe', {}, { manages: 'channel' })
    const here = await ask('list', {}, { manages: 'channel' })
    expect(here.summary).toBe('1 digest')
    expect(await said('remove', { number: 1 }, { manages: 'channel' })).toContain('There’s no digest 1')
    expect((await ask('list')).summary).toBe('2 digests')
  })
})

describe('one digest', () => {
  it('is paused, resumed from the next time, and removed', async () => {
    await ask('subscribe', { day: 'monday' })
    expect(await said('pause')).toBe('Digest 1 is paused. `/digest resume` resumes it.')
    expect(digests.listed[0]?.paused).toEqual({ why: 'by-hand', since: NOW })
    expect(await said('resume')).toBe('Digest 1 is active again. Next post: Mon, Nov 30, 18:00.')
    expect(await said('remove')).toBe('Digest 1 removed.')
    expect(await said('remove')).toContain('This channel has no digest')
  })

  it('is posted at once, once a minute', async () => {
    await ask('subscribe')
    expect(await said('now')).toBe('Digest 1 is on its way.')
    expect(await said('now')).toContain('a moment ago')
    expect(digests.asked).toEqual(['discord:5 1 now:2026-11-25T12:00:00.000Z'])
  })

  it('is shown before it is posted', async () => {
    await ask('subscribe')
    expect(await said('preview')).toBe('preview of 1')
  })

  it('is asked back for where a channel has several', async () => {
    await ask('subscribe')
    await ask('subscribe')
    expect(await said('pause')).toContain('by number: 1 or 2')
    expect(await said('pause', { number: 2 })).toContain('Digest 2 is paused')
  })
})

describe('/digest list', () => {
  it('tells where, when, how the last one went and why one is paused', async () => {
    await ask('subscribe', { day: 'monday' })
    await ask('subscribe', { day: 'monday' })
    const [first, second] = digests.listed
    if (!first || !second) throw new Error('two were set up')
    const dueAt = new Date('2026-11-23T18:00:00Z')
    digests.listed[0] = { ...first, last: { state: 'empty', dueAt, note: 'nothing-new' } }
    digests.listed[1] = {
      ...second,
      paused: { why: 'archived', since: NOW },
      untold: true,
      last: { state: 'refused', dueAt, note: 'archived' },
    }
    const reply = await ask('list')
    expect(reply.blocks[1]).toEqual({
      kind: 'text',
      text: [
        { bold: '1' },
        ' ',
        { channel: 'discord:7' },
        ' 5 games · Mondays at 18:00 (UTC) · next Mon, Nov 30, 18:00 · last Mon, Nov 23, 18:00: nothing was posted: every matching game was shown here in the last twelve weeks',
      ],
    })
    expect(JSON.stringify(reply.blocks[2])).toContain('This digest was paused:')
    expect(JSON.stringify(reply.blocks[2])).toContain(
      'paused since Wed, Nov 25, 12:00: the channel or thread is archived',
    )
  })

  it('says how to begin', async () => {
    expect(await said('list')).toContain('/digest subscribe')
    expect(await said('list', {}, IN_KOREAN)).toContain('/다이제스트 구독')
  })
})
