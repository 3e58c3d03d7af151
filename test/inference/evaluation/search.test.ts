import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readTrials } from '../../../bot/tasks/search.ts'
import { renderSearch } from '../../../bot/terminal/search.ts'
import type { Interactions } from '../../../core/training/interactions.ts'
import { testGround, validationGround } from '../../../inference/evaluation/evaluation-data.ts'
import type { EvaluationRow } from '../../../inference/evaluation/measure.ts'
import { better, nextRecipe, search, type Trial } from '../../../inference/evaluation/search.ts'
import { splitPlayers } from '../../../inference/evaluation/split.ts'
import { DEFAULT } from '../../../inference/training/variants.ts'
import { interactionsOf } from '../../support/builders/interactions.ts'
import { INDIE_GAMES, readTasteLabels, tasteLibraries } from '../../support/builders/taste-libraries.ts'

const task = {
  interactions: interactionsOf(tasteLibraries(300)),
  ...{ indie: INDIE_GAMES, readLabels: readTasteLabels, minPlayers: 5, memory: 1e12 },
}

async function found(interactions: Interactions, solves: number, trials: readonly Trial[] = []) {
  const told: Trial[] = []
  const all = await search({ ...task, interactions, solves, trials, onTrial: (trial) => told.push(trial) })
  expect(all).toEqual([...trials, ...told])
  return all
}

/** Other minutes and other games for the test players, of whom nothing may be known. */
function spoilTestPlayers(all: Interactions): Interactions {
  const test = new Set(splitPlayers(all).test.players)
  const spoilt = { ...all, games: all.games.slice(), minutes: all.minutes.slice() }
  for (const [at, player] of all.players.entries()) {
    if (!test.has(player)) continue
    for (let pair = all.offsets[at] ?? 0; pair < (all.offsets[at + 1] ?? 0); pair++) {
      spoilt.games[pair] = 50_000 + pair
      spoilt.minutes[pair] = 7
    }
  }
  return spoilt
}

it('knows nothing of the test players', async () => {
  expect(await found(spoilTestPlayers(task.interactions), 2)).toEqual(await found(task.interactions, 2))
})

it('holds out players that are neither trained on nor tested', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 1e6 }), async (first) => {
      const players = task.interactions.players.map((player) => player + first)
      const interactions = { ...task.interactions, players }
      const [test, validation] = [
        await testGround({ ...task, interactions }),
        await validationGround({ ...task, interactions }),
      ]
      const playersOf = (rows: { readonly offsets: Uint32Array }) => rows.offsets.length - 1
      expect(playersOf(test.heldOut) + playersOf(validation.heldOut) + playersOf(validation.plays)).toBe(
        players.length,
      )
    }),
    { numRuns: 10 },
  )
})

it('goes on where it was cut off', async () => {
  const whole = await found(task.interactions, 4)
  const half = await found(task.interactions, 2)
  expect(await found(task.interactions, 2, half)).toEqual(whole)
})

it('begins with plain EASE and the default, and never solves the same twice', async () => {
  const row = (await found(task.interactions, 1))[0]?.row
  if (!row) throw new Error('no trial')
  const trials: Trial[] = [{ recipe: { ...DEFAULT, l2: 1 }, row }]
  const solved = new Set<string>()
  for (let step = 0; step < 60; step++) {
    const { targetExponent, otherGames, input, ...recipe } = nextRecipe(trials, 0.5)
    if (step === 0)
      expect(recipe).toEqual(expect.objectContaining({ l2: DEFAULT.l2, labels: DEFAULT.labels }))
    const key = JSON.stringify(recipe)
    expect(solved).not.toContain(key)
    solved.add(key)
    const better = step % 7 === 3 ? 0.01 * step : 0
    const tried = { ...row, ndcg100: row.ndcg100 + better, coverage10: 1 }
    trials.push({ recipe: { ...recipe, targetExponent, otherGames, input }, row: tried })
  }
})

it('reads back what it wrote, and renders it', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'search-'))
  try {
    const file = path.join(folder, 'search.jsonl')
    expect(await readTrials(file)).toEqual([])
    const trials = await found(task.interactions, 2)
    await writeFile(file, trials.map((trial) => `${JSON.stringify(trial)}\n`).join(''))
    expect(await readTrials(file)).toEqual(trials)
    expect(renderSearch(trials)).toContain('plain EASE')
    await writeFile(file, '{"recipe": {}}\n')
    await expect(readTrials(file)).rejects.toThrow('line 1 is not a trial of this program')
  } finally {
    await rm(folder, { recursive: true })
  }
})

it.each([
  ['the one that covers enough, though it ranks worse', [0.4, 0.3], [0.5, 0.1], true],
  ['not the one that covers too little, though it ranks better', [0.5, 0.1], [0.4, 0.3], false],
  ['of two that cover enough, the one that ranks better', [0.5, 0.2], [0.4, 0.3], true],
  ['of two that do not, the one that covers more', [0.4, 0.1], [0.5, 0.05], true],
])('prefers %s', (_, [ndcg100, coverage10], [otherNdcg100, otherCoverage10], expected) => {
  const one = { ndcg100, coverage10 } as EvaluationRow
  const other = { ndcg100: otherNdcg100, coverage10: otherCoverage10 } as EvaluationRow
  expect(better(one, other, 0.2)).toBe(expected)
})
