import { describe, expect, it } from 'vitest'
import { NO_FILTER } from '../../../core/catalogue/filter.ts'
import { type GameId, gameId } from '../../../core/ids.ts'
import { NO_FEEDBACK } from '../../../core/players/feedback.ts'
import { recommendFor } from '../../../core/recommend/recommend.ts'
import type { Scorer } from '../../../core/recommend/scorer.ts'
import { Unavailable } from '../../../core/unavailable.ts'
import { game } from '../../support/builders/games.ts'
import { memoryCatalogue } from '../../support/fakes/ports.ts'

const shelf = Array.from({ length: 12 }, (_, i) =>
  game({ id: gameId(i + 1), name: `Game ${i + 1}`, tags: [`Tag ${i}`], developers: [], mature: i === 11 }),
)
const catalogue = memoryCatalogue(shelf)
const all = shelf.map(({ id }) => id)
const owned = [{ game: gameId(1), minutes: 5, name: undefined }]
const feedback = { ...NO_FEEDBACK, liked: [gameId(2)], played: [gameId(3)], skipped: [gameId(4)] }
/** As where the tenth is blocked. */
const filter = { ...NO_FILTER, without: [gameId(10)] }
const search = { owned, filter, count: 20, feedback }
const ids = (picks: readonly { readonly game: GameId }[]) => picks.map((pick) => pick.game)

/** Gives back whatever there is, as a server of another version might. */
const careless: Scorer = { rank: async () => all.map((id) => ({ game: id, score: 1 / id, reasons: [] })) }
const away: Scorer = { rank: () => Promise.reject(new Unavailable('inference')) }

describe('picks', () => {
  it('hold the rules whatever the scorer gives back', async () => {
    const { picks, source } = await recommendFor({ catalogue, scorer: careless }, search)
    expect(ids(picks).toSorted((a, b) => a - b)).toEqual([5, 6, 7, 8, 9, 11])
    expect(source).toBe('model')
  })

  it('hold them without the model too', async () => {
    const { picks, source } = await recommendFor({ catalogue, scorer: away }, search)
    expect(ids(picks)).toEqual([5, 6, 7, 8, 9, 11])
    expect(source).toBe('catalogue-away')
    const two = await recommendFor({ catalogue, scorer: away }, { ...search, count: 2 })
    expect(ids(two.picks)).toEqual([5, 6])
  })

  it('take no tags from a game that is not for them', async () => {
    const asked: GameId[][] = []
    const listening = {
      ...catalogue,
      alike: async (taste: readonly { readonly game: GameId }[]) => {
        asked.push(ids(taste))
        return []
      },
    }
    await recommendFor({ catalogue: listening, scorer: away }, search)
    expect(asked).toEqual([[1, 3, 2]])
  })
})
