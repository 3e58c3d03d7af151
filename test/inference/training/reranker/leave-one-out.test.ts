import { expect, it } from 'vitest'
import { fitWeights } from '../../../../inference/training/fit.ts'
import { weightingOf } from '../../../../inference/training/gram/evidence.ts'
import { createPhases } from '../../../../inference/training/phases.ts'
import { chooseVocabulary, countOwners, ownersOf, restrict } from '../../../../inference/training/plays.ts'
import { withoutPlayer } from '../../../../inference/training/reranker/leave-one-out.ts'
import { EASE, type Recipe } from '../../../../inference/training/variants.ts'
import { interactionsOf, randomLibraries } from '../../../support/builders/interactions.ts'

const LIBRARIES = randomLibraries(300, 120, 7)
const interactions = interactionsOf(LIBRARIES)
const vocabulary = chooseVocabulary(countOwners(interactions), 3)
const PLAYERS = [3, 40, 177]

/** B for the same vocabulary, with this player's library empty. */
async function solvedWithout(player: number, recipe: Recipe): Promise<Float32Array> {
  const others = LIBRARIES.map((library, at) => (at === player ? {} : library))
  const plays = restrict(interactionsOf(others), vocabulary)
  return (await fitWeights(plays, recipe, { provider: 'cpu' }, createPhases({}))).weights
}

it.each([
  ['EASE', { ...EASE, l2: 20 }],
  ['a power', { ...EASE, l2: 20, power: 1.25, targetExponent: 0.15 }],
])('gives B as another solve without the player would: %s', async (_, recipe) => {
  const plays = restrict(interactions, vocabulary)
  const solved = await fitWeights(plays, recipe, { provider: 'cpu' }, createPhases({}))
  const targets = Int32Array.from(vocabulary.keys()).filter((row) => row % 3 !== 1)
  const weighting = weightingOf(plays, recipe)
  const owners = ownersOf(plays)
  for (const player of PLAYERS) {
    const [from, to] = [plays.offsets[player] ?? 0, plays.offsets[player + 1] ?? 0]
    const rows = plays.rows.slice(from, to)
    const targetOf = (column: number) => {
      const row = targets[column] ?? 0
      return ((owners[row] ?? 0) - Number(rows.includes(row))) ** -recipe.targetExponent
    }
    const counted = { rows, weight: weighting.players?.[player] ?? 1 }
    const found = withoutPlayer({ ...solved, targets }, counted, targetOf)
    const expected = await solvedWithout(player, recipe)
    const n = vocabulary.length
    let greatest = 0
    for (const [at, row] of rows.entries()) {
      for (const [column, target] of targets.entries()) {
        const difference =
          (found[at * targets.length + column] ?? Number.NaN) - (expected[row * n + target] ?? 0)
        greatest = Math.max(greatest, Math.abs(difference))
        expect(Number.isNaN(difference)).toBe(false)
      }
    }
    expect(greatest).toBeLessThan(1e-4)
    // With the player, B is another: where nothing is left out, this fails.
    expect(expected.some((value, at) => Math.abs(value - (solved.weights[at] ?? 0)) > 1e-3)).toBe(true)
  }
})
