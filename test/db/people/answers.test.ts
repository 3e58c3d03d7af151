import { describe, expect, it } from 'vitest'
import { type AnswerId, gameId } from '../../../core/ids.ts'
import type { StoredAnswer } from '../../../core/recommend/answers.ts'
import { createAnswers } from '../../../db/people/answers.ts'
import { testDatabase } from '../../support/postgres/database.ts'

const db = await testDatabase()
const answers = createAnswers(db)

const read = {
  kind: 'recommend',
  gamesRead: 12,
  playtimeHidden: false,
  source: 'model',
  staleSince: undefined,
} as const

function answer(id: string, parts: Partial<StoredAnswer> = {}): StoredAnswer {
  return {
    id: id as AnswerId,
    user: 'discord:1',
    picks: [
      {
        game: gameId(620),
        score: 0.1 + 0.2,
        reasons: [{ game: gameId(400), share: 1 / 3, name: 'Portal' }],
        owned: false,
      },
    ],
    about: read,
    ...parts,
  }
}

function digest(id: string): StoredAnswer {
  return answer(id, {
    user: `digest:${id as AnswerId}`,
    picks: [{ game: gameId(620), section: 'hidden-gem', score: 0, reasons: [], owned: false }],
    about: { kind: 'digest', labels: ['Roguelike'] },
  })
}

describe('an answer', () => {
  it.each([
    answer('plain'),
    answer('empty', { picks: [], about: { ...read, source: 'catalogue-away', playtimeHidden: true } }),
    answer('stale', { about: { ...read, staleSince: '2026-01-02T03:04:05.678Z' } }),
    answer('curate', { about: { kind: 'curate', labels: ['Co-op', '협동'], sort: 'new', unknown: 3 } }),
    digest('digest'),
  ])('comes back as it was: $id', async (stored) => {
    await answers.save(stored)
    expect(await answers.find(stored.id)).toEqual(stored)
  })

  it('keeps names in any script, and drops what PostgreSQL cannot hold', async () => {
    const named = (name: string) => [
      { game: gameId(1), score: 1, reasons: [{ game: gameId(2), share: 1, name }], owned: true },
    ]
    await answers.save(answer('hostile', { picks: named(`'"\\ 🎮 שלום \u0000\ud800`) }))
    expect((await answers.find('hostile' as AnswerId))?.picks).toEqual(named(`'"\\ 🎮 שלום \ufffd`))
  })

  it("is gone after thirty days, and a digest's after ninety, purged or not", async () => {
    const daysAgo = (days: number) => createAnswers(db, () => new Date(Date.now() - days * 86_400_000))
    await daysAgo(31).save(answer('old'))
    await daysAgo(89).save(digest('digest89'))
    await daysAgo(91).save(digest('digest91'))
    expect(await answers.find('old' as AnswerId)).toBeUndefined()
    expect(await answers.find('digest89' as AnswerId)).toEqual(digest('digest89'))
    expect(await answers.find('digest91' as AnswerId)).toBeUndefined()
  })

  it('is the same where it is saved twice, and holds the picks of both where they differ', async () => {
    const picks = (...games: number[]) =>
      games.map((game) => ({ game: gameId(game), score: 0, reasons: [], owned: false }))
    const save = (...games: number[]) => answers.save(answer('twice', { picks: picks(...games) }))
    await save(1, 2)
    await save(1, 2)
    expect(await answers.find('twice' as AnswerId)).toEqual(answer('twice', { picks: picks(1, 2) }))
    await save(3, 4)
    await save(3, 4)
    await save(1, 2)
    expect(await answers.find('twice' as AnswerId)).toEqual(answer('twice', { picks: picks(1, 2, 3, 4) }))
  })
})

describe('a share', () => {
  const shared = async (id: string) => {
    await answers.save(answer(id))
    return id as AnswerId
  }

  it('is claimed once, however many press at once', async () => {
    const id = await shared('shared')
    const claims = await Promise.all(Array.from({ length: 8 }, () => answers.claimShare(id, 'page')))
    expect(claims.filter(Boolean)).toEqual([{ answer: id, what: 'page', at: expect.any(Date) }])
  })

  it('of a page, and of each game, is claimed by itself', async () => {
    const id = await shared('by itself')
    for (const what of ['page', gameId(620), gameId(400)] as const) {
      expect(await answers.claimShare(id, what)).toMatchObject({ what })
      expect(await answers.claimShare(id, what)).toBeUndefined()
    }
  })

  it('can be claimed again once it was released, and what is shared beside it stays claimed', async () => {
    const id = await shared('released')
    const share = await answers.claimShare(id, gameId(620))
    await answers.claimShare(id, 'page')
    await answers.claimShare(await shared('other'), gameId(620))
    await answers.releaseShare(share ?? expect.unreachable())
    expect(await answers.claimShare(id, gameId(620))).toBeDefined()
    expect(await answers.claimShare(id, 'page')).toBeUndefined()
    expect(await answers.claimShare('other' as AnswerId, gameId(620))).toBeUndefined()
  })

  it('is not released by whoever held it before', async () => {
    const id = await shared('later')
    const at = (time: string) => createAnswers(db, () => new Date(time))
    const earlier = await at('2026-11-27T12:00:00.123Z').claimShare(id, 'page')
    await answers.releaseShare(earlier ?? expect.unreachable())
    const later = await at('2026-11-27T12:00:00.124Z').claimShare(id, 'page')
    await answers.releaseShare(earlier ?? expect.unreachable())
    expect(await answers.claimShare(id, 'page')).toBeUndefined()
    await answers.releaseShare(later ?? expect.unreachable())
    expect(await answers.claimShare(id, 'page')).toBeDefined()
  })

  it('cannot be claimed of an answer that is not there', async () => {
    expect(await answers.find("no'such" as AnswerId)).toBeUndefined()
    expect(await answers.claimShare('none' as AnswerId, 'page')).toBeUndefined()
  })
})
