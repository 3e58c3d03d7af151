import { describe, expect, it } from 'vitest'
import { createApp } from '../../../core/app.ts'
import type { Catalogue } from '../../../core/catalogue/catalogue.ts'
import type { RequestOf } from '../../../core/command-request.ts'
import { ANYTHING, DISCOVERY } from '../../../core/commands/filter-input.ts'
import { type GameId, gameId } from '../../../core/ids.ts'
import type { StoredPick } from '../../../core/recommend/answers.ts'
import { createScorer } from '../../../inference/client/client.ts'
import { median } from '../../../inference/evaluation/metrics.ts'
import { game } from '../../support/builders/games.ts'
import { asker } from '../../support/builders/requesters.ts'
import { opinionsWithShowings, said } from '../../support/fakes/opinions.ts'
import { memoryAnswers, memoryCatalogue, memoryPorts } from '../../support/fakes/ports.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { appids, publishModel, smallModel } from '../../support/inference/model.ts'
import { keepLog, startTestWorker } from '../../support/inference/worker.ts'

/** What a model of 300 games picks for somebody, over the real graph, through the one door. */
const small = smallModel(appids(300))
/** As many owners as in a larger world: with fewer than ten a game is new. */
const model = { ...small, owners: small.owners.map((count) => 10 + count ** 2) }
const KINDS = ['Roguelike', 'Farming', 'Horror', 'Puzzle', 'Racing', 'Chess']
const shelf = model.games.map((id, i) => {
  const kind = KINDS[i % KINDS.length] ?? ''
  const more = { tags: [kind, `${kind} Deluxe`, `Tag ${i}`], developers: [`Studio ${i}`] }
  return game({ id: gameId(id), name: `Game ${id}`, ...more })
})
const ownersOf = new Map(model.games.map((id, i) => [id, model.owners[i] ?? 0]))

const USER = 'discord:1'
const MINE = [10, 40, 90, 200, 510].map(gameId)
const TODAY = new Date('2026-11-24T18:00:00Z')
const TOMORROW = new Date('2026-11-25T06:00:00Z')

async function start() {
  const modelDir = await temporaryFolder()
  await publishModel(modelDir, model)
  const { url } = await startTestWorker(modelDir)
  const opinions = opinionsWithShowings()
  const answers = memoryAnswers()
  let now = TODAY
  const save = async (answer: Parameters<typeof answers.save>[0]) => {
    await answers.save(answer)
    const games = answer.picks.map((pick) => pick.game)
    opinions.show(answer.user, games, now)
  }
  const scorer = createScorer({ urls: [url], modelDir, log: keepLog().log })
  const catalogue: Catalogue = memoryCatalogue(shelf)
  const app = createApp(
    memoryPorts({ catalogue, scorer, opinions, answers: { ...answers, save }, now: () => now }),
  )
  const lastPicks = (): readonly StoredPick[] => [...answers.stored.values()].at(-1)?.picks ?? []
  const me = asker({ user: USER })
  return {
    opinions,
    sleep() {
      now = TOMORROW
    },
    async picks(more: Partial<RequestOf<'recommend'>> = {}, owned: readonly GameId[] = MINE) {
      const games = owned.map((each) => ({ game: each, minutes: 60, name: undefined }))
      const player = { kind: 'library', games } as const
      const what = {
        kind: 'recommend',
        player,
        filterInput: ANYTHING,
        discovery: 'balanced',
        count: 10,
      } as const
      await app.handle({ ...me, ...what, ...more })
      return lastPicks()
    },
    async similar(name: string) {
      const reply = await app.handle({ ...me, kind: 'similar', game: name, count: 10 })
      return { reply, picks: lastPicks() }
    },
  }
}

const ids = (picks: readonly StoredPick[]) => picks.map((pick) => pick.game)
const kindOf = (id: GameId) => shelf.find((each) => each.id === id)?.tags[0]
const count = (picks: readonly StoredPick[], kind: string | undefined) =>
  ids(picks).filter((id) => kindOf(id) === kind).length

describe('/recommend', () => {
  it('goes from popular games to hidden gems, and is the same each time', async () => {
    const { picks } = await start()
    const medians = []
    for (const discovery of DISCOVERY) {
      const all = await picks({ discovery, count: 20 })
      expect(await picks({ discovery, count: 20 })).toEqual(all)
      medians.push(median(ids(all).map((id) => ownersOf.get(id) ?? 0)))
    }
    expect(medians).toEqual(medians.toSorted((a, b) => b - a))
    expect(medians[0]).toBeGreaterThan(2 * (medians[3] ?? 0))
  })

  it('never picks again what was liked, played or passed over, and names none that is not theirs', async () => {
    const { picks, opinions } = await start()
    const [liked, played, skipped] = ids(await picks()) as [GameId, GameId, GameId]
    await opinions.record(said(USER, liked, 'like'))
    await opinions.record(said(USER, played, 'played'))
    await opinions.record(said(USER, skipped, 'skip'))
    const after = await picks({ count: 20 })
    expect(after).toHaveLength(20)
    expect(ids(after).filter((id) => [liked, played, skipped, ...MINE].includes(id))).toEqual([])
    const reasons = after.flatMap((pick) => pick.reasons)
    expect(reasons.filter((reason) => ![liked, ...MINE].includes(reason.game))).toEqual([])
    const marked = new Set(reasons.filter((reason) => reason.liked).map((reason) => reason.game))
    expect([...marked]).toEqual([liked])
  })

  it('pushes away the like of a game that is not for them, and takes it back with the opinion', async () => {
    const { picks, opinions } = await start()
    const before = await picks({ count: 20 })
    const [skipped] = ids(before) as [GameId]
    await opinions.record(said(USER, skipped, 'skip'))
    const kind = kindOf(skipped)
    expect(count(await picks({ count: 20 }), kind)).toBeLessThan(count(before, kind) - 1)
    await opinions.takeBack(said(USER, skipped, 'skip'))
    expect(ids(await picks({ count: 20 }))).toEqual(ids(before))
  })

  it('brings what goes with a liked game that is not in the library', async () => {
    const { picks, opinions } = await start()
    const before = await picks()
    const liked = ids(before).at(-1) as GameId
    await opinions.record(said(USER, liked, 'like'))
    const after = await picks()
    const because = after.filter((pick) => pick.reasons.some((reason) => reason.game === liked))
    expect(because.length).toBeGreaterThan(0)
    expect(ids(after)).not.toEqual(ids(before).filter((id) => id !== liked))
  })

  it('is another list on the next day, and the same all day', async () => {
    const { picks, sleep } = await start()
    const first = await picks()
    expect(await picks()).toEqual(first)
    sleep()
    const second = await picks()
    expect(await picks()).toEqual(second)
    const kept = ids(second).filter((id) => ids(first).includes(id))
    expect(kept.length).toBeLessThan(8)
    expect(kept.length).toBeGreaterThan(0)
  })

  it('takes named games for a library, even one that was passed over before', async () => {
    const { picks, opinions } = await start()
    await opinions.record(said(USER, gameId(40), 'skip'))
    const all = await picks({ player: { kind: 'liked', names: ['game 40', 'GAME 90', 'Game 40'] } })
    expect(all).toHaveLength(10)
    const reasons = all.flatMap((pick) => pick.reasons)
    expect(new Set(reasons.map((reason) => reason.game))).toEqual(new Set([40, 90]))
    expect(reasons.every((reason) => reason.liked)).toBe(true)
  })
})

describe('/similar', () => {
  it('gives the nearest of its kind first, never the game itself, with what they share', async () => {
    const { similar } = await start()
    const { picks, reply } = await similar('game 40')
    expect(picks).toHaveLength(10)
    expect(ids(picks)).not.toContain(40)
    expect(count(picks, kindOf(gameId(40)))).toBeGreaterThan(4)
    const shared = picks.filter((pick) => (pick.shared?.length ?? 0) > 0)
    expect(shared[0]?.shared).toEqual(['Puzzle', 'Puzzle Deluxe'])
    expect(reply.summary).toBe('10 indie picks like Game 40')
    expect(JSON.stringify(reply)).toContain('Both are tagged Puzzle and Puzzle Deluxe')
    expect(JSON.stringify(reply)).not.toContain('100%')
  })

  it('leaves out what is not for them', async () => {
    const { similar, opinions } = await start()
    const [first, ...rest] = ids((await similar('Game 40')).picks) as [GameId, ...GameId[]]
    await opinions.record(said(USER, first, 'skip'))
    expect(ids((await similar('Game 40')).picks).slice(0, 9)).toEqual(rest)
  })

  it('takes a single near name and says so, and knows no game that nobody knows', async () => {
    const { similar } = await start()
    expect((await similar('Gamme')).reply.summary).toBe(
      'I couldn’t find “Gamme”. Check the spelling, or paste the link to its store page.',
    )
    const { reply } = await similar('Game 299')
    expect(reply.summary).toContain('Game 2990')
    expect(JSON.stringify(reply.blocks)).toContain(
      'Showing results for Game 2990, the closest match for “Game 299”.',
    )
  })
})
