import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Action, decodeAction, encodeAction, OPINIONS } from '../../core/action.ts'
import { type AnswerId, gameId, type SteamId } from '../../core/ids.ts'

const ANSWER = 'aZ3_kd9-Qw1x' as AnswerId
const STEAM_ID = '76561197960287930' as SteamId

/** Buttons outlive deploys, so these pairs are for ever: add to them, never change one. */
const ON_THE_WIRE: readonly [string, Action][] = [
  ['page:aZ3_kd9-Qw1x:0:', { verb: 'page', answer: ANSWER, page: 0, steamId: undefined }],
  ['page:aZ3_kd9-Qw1x:3:76561197960287930', { verb: 'page', answer: ANSWER, page: 3, steamId: STEAM_ID }],
  ['share:aZ3_kd9-Qw1x:12', { verb: 'share', answer: ANSWER, page: 12 }],
  ['card:aZ3_kd9-Qw1x:1145360', { verb: 'card', answer: ANSWER, game: gameId(1145360) }],
  ['why:aZ3_kd9-Qw1x:1145360', { verb: 'why', answer: ANSWER, game: gameId(1145360) }],
  ['more:aZ3_kd9-Qw1x:1145360', { verb: 'more', answer: ANSWER, game: gameId(1145360) }],
  ['share-game:aZ3_kd9-Qw1x:1145360', { verb: 'share-game', answer: ANSWER, game: gameId(1145360) }],
  [
    'unshare:aZ3_kd9-Qw1x:page:1795780800123',
    { verb: 'unshare', answer: ANSWER, what: 'page', at: new Date('2026-11-27T12:00:00.123Z') },
  ],
  [
    'unshare:aZ3_kd9-Qw1x:1145360:1795780800123',
    { verb: 'unshare', answer: ANSWER, what: gameId(1145360), at: new Date('2026-11-27T12:00:00.123Z') },
  ],
]

const GAME = gameId(1145360)
const opinions: [string, Action][] = OPINIONS.flatMap((verb): [string, Action][] => {
  const said = { verb, answer: ANSWER, game: GAME }
  return [
    [`${verb}:aZ3_kd9-Qw1x:1145360:do`, { ...said, undo: false, page: undefined }],
    [`${verb}:aZ3_kd9-Qw1x:1145360:undo`, { ...said, undo: true, page: undefined }],
    [`${verb}:aZ3_kd9-Qw1x:1145360:do:`, { ...said, undo: false, page: { steamId: undefined } }],
    [`${verb}:aZ3_kd9-Qw1x:1145360:undo:${STEAM_ID}`, { ...said, undo: true, page: { steamId: STEAM_ID } }],
  ]
})

const answer = fc.stringMatching(/^[A-Za-z0-9_-]{8,32}$/).map((id) => id as AnswerId)
const page = fc.nat({ max: 99 })
const steamId = fc
  .integer({ min: 1, max: 2 ** 32 - 1 })
  .map((account) => String(76561197960265728n + BigInt(account)) as SteamId)
const game = fc.integer({ min: 1, max: 2 ** 31 - 1 }).map(gameId)
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    verb: fc.constantFrom('card' as const, 'why' as const, 'more' as const, 'share-game' as const),
    answer,
    game,
  }),
  fc.record({
    verb: fc.constant('unshare' as const),
    answer,
    what: fc.oneof(fc.constant('page' as const), game),
    at: fc.integer({ min: 1e12, max: 9_999_999_999_999 }).map((ms) => new Date(ms)),
  }),
  fc.record({
    verb: fc.constantFrom(...OPINIONS),
    answer,
    game,
    undo: fc.boolean(),
    page: fc.option(fc.record({ steamId: fc.option(steamId, { nil: undefined }) }), { nil: undefined }),
  }),
  fc.record({
    verb: fc.constant('page' as const),
    answer,
    page,
    steamId: fc.option(steamId, { nil: undefined }),
  }),
  fc.record({ verb: fc.constant('share' as const), answer, page }),
)

describe('what a button carries', () => {
  it.each([...ON_THE_WIRE, ...opinions])('stays readable: %s', (wire, meant) => {
    expect(decodeAction(wire)).toEqual(meant)
    expect(encodeAction(meant)).toBe(wire)
  })

  it('comes back as it went out, within what both platforms take', () => {
    fc.assert(
      fc.property(action, (meant) => {
        const wire = encodeAction(meant)
        expect(wire.length).toBeLessThanOrEqual(74)
        expect(decodeAction(wire)).toEqual(meant)
      }),
    )
  })

  it('is nothing where no version of ours wrote it, never an error', () => {
    const pieces = fc.constantFrom(
      'page',
      'share',
      'share-game',
      'unshare',
      '1795780800123',
      'like',
      'undo',
      'card',
      ':',
      ANSWER,
      '0',
      '05',
      '100',
      STEAM_ID,
      '9'.repeat(17),
      '\n',
      ' ',
    )
    const wire = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
      fc.tuple(pieces, pieces, pieces, pieces).map((parts) => parts.join(':')),
    )
    fc.assert(
      fc.property(wire, (text) => {
        const read = decodeAction(text)
        if (read) expect(encodeAction(read)).toBe(text)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    'page:aZ3_kd9-Qw1x:05:',
    'page:aZ3_kd9-Qw1x:100:',
    'page:aZ3_kd9-Qw1x:-1:',
    'page:aZ3_kd9-Qw1x:1:99999999999999999',
    'page:aZ3_kd9-Qw1x:1:103582791429521412',
    'page:short:1:',
    'share:aZ3_kd9-Qw1x',
    'share:aZ3_kd9-Qw1x:1\n',
    'steal:aZ3_kd9-Qw1x:1',
    'like:aZ3_kd9-Qw1x:0:do',
    'like:aZ3_kd9-Qw1x:9999999999:do',
    'like:aZ3_kd9-Qw1x:620:maybe',
    'like:aZ3_kd9-Qw1x:620:do:1',
    'like:aZ3_kd9-Qw1x:620:do:99999999999999999',
    'like:aZ3_kd9-Qw1x:620:do\n',
    'card:aZ3_kd9-Qw1x:620:do',
    'more:aZ3_kd9-Qw1x:0620',
    'share-game:aZ3_kd9-Qw1x:9999999999',
    'share-game:aZ3_kd9-Qw1x:page',
    'unshare:aZ3_kd9-Qw1x:page',
    'unshare:aZ3_kd9-Qw1x:all:1795780800123',
    'unshare:aZ3_kd9-Qw1x:9999999999:1795780800123',
    'unshare:aZ3_kd9-Qw1x:page:179578080012',
    'unshare:aZ3_kd9-Qw1x:page:17957808001230',
    'unshare:aZ3_kd9-Qw1x:page:1795780800123\n',
  ])('is nothing: %j', (wire) => expect(decodeAction(wire)).toBeUndefined())
})
