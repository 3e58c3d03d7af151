import fc from 'fast-check'
import { expect, it } from 'vitest'
import { gameId } from '../../../core/ids.ts'
import { toQuestion } from '../../../inference/client/ranking.ts'
import { FORMAT } from '../../../inference/model/manifest.ts'
import { createVocabulary } from '../../../inference/model/vocabulary.ts'
import { appids, INPUT_WEIGHTS } from '../../support/inference/model.ts'

const games = appids(12)
const some = fc.subarray(games)
const atLeastOne = fc.subarray(games, { minLength: 1 })

it('a question leaves open just what is a target, allowed and not owned, and asks for no more than that', () => {
  fc.assert(
    fc.property(atLeastOne, some, some, fc.integer({ min: 1, max: 20 }), (targets, owned, allowed, limit) => {
      const vocabulary = createVocabulary({ format: FORMAT, games, targets, weights: INPUT_WEIGHTS })
      const library = [...owned, 7].map((game) => ({ game: gameId(game), minutes: 0, name: undefined }))
      const known = vocabulary.encode(library)
      const question = toQuestion({ vocabulary }, known, [...allowed, 7].map(gameId), limit)
      const open = targets.filter((game) => allowed.includes(game) && !owned.includes(game))
      if (owned.length === 0 || open.length === 0) {
        expect(question).toBeUndefined()
        return
      }
      expect(question?.allowed).toEqual(Uint8Array.from(targets, (game) => +open.includes(game)))
      expect(question?.count).toBe(Math.min(limit, open.length))
      expect(Array.from(question?.rows ?? [], (row) => games[row])).toEqual(owned)
    }),
  )
})
