import { describe, expect, it } from 'vitest'
import { gameId } from '../../../core/ids.ts'
import { countedGames, NO_FEEDBACK, overruled, readFeedback } from '../../../core/players/feedback.ts'
import { opinionsWithShowings, said } from '../../support/fakes/opinions.ts'

const USER = 'discord:1'
const NOON = new Date('2026-11-24T12:00:00Z')
const [a, b, c, d] = [gameId(10), gameId(20), gameId(30), gameId(40)]

const at = (text: string) => new Date(text)

describe('what was heard of somebody', () => {
  it('is what they said and nobody else did', async () => {
    const opinions = opinionsWithShowings()
    await opinions.record(said(USER, a, 'like'))
    await opinions.record(said(USER, b, 'played'))
    await opinions.record(said(USER, c, 'skip'))
    await opinions.record(said('slack:T.U', d, 'skip'))
    const feedback = await readFeedback({ opinions, now: () => NOON }, USER)
    expect(feedback).toEqual({ liked: [a], played: [b], skipped: [c], shown: new Map() })
  })

  it('counts what was shown in two weeks, but not today nor before', async () => {
    const opinions = opinionsWithShowings()
    opinions.show(USER, [a, b], at('2026-11-23T23:59:59Z'))
    opinions.show(USER, [a], at('2026-11-10T00:00:00Z'))
    opinions.show(USER, [a, d], at('2026-11-09T23:59:59Z'))
    opinions.show(USER, [a, c], at('2026-11-24T00:00:00Z'))
    const { shown } = await readFeedback({ opinions, now: () => NOON }, USER)
    expect(shown).toEqual(
      new Map([
        [a, 2],
        [b, 1],
      ]),
    )
  })
})

describe('a library as it counts', () => {
  const owned = [
    { game: a, minutes: 90, name: 'A' },
    { game: b, minutes: 0, name: 'B' },
  ]

  it('is the library where nothing was said', () => {
    expect(countedGames(owned, NO_FEEDBACK)).toEqual(owned)
  })

  it('lets liked games speak up, takes in played ones, and silences those that are not for them', () => {
    const heard = { ...NO_FEEDBACK, liked: [b, d], played: [c], skipped: [a] }
    expect(countedGames(owned, heard)).toEqual([
      { game: a, minutes: 90, name: 'A', times: 0 },
      { game: b, minutes: 60, name: 'B', times: 2 },
      { game: c, minutes: 60, name: undefined },
      { game: d, minutes: 60, name: undefined, times: 2 },
    ])
  })

  it('lets a game that is named now speak, whatever was said of it before', () => {
    const feedback = overruled({ ...NO_FEEDBACK, skipped: [a, b] }, [a])
    expect(feedback.skipped).toEqual([b])
  })
})
