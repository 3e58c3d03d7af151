import { readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readEvaluation, saveEvaluation } from '../../../bot/context/evaluation-file.ts'
import { evaluationPlots } from '../../../bot/playground/evaluation-plots.ts'
import type { Evaluation } from '../../../inference/evaluation/evaluate.ts'
import type { EvaluationRow } from '../../../inference/evaluation/measure.ts'
import { temporaryFolder } from '../../support/folder.ts'

const row = (method: string, value: number): EvaluationRow => {
  const figures = { precision10: value, recall20: value, recall50: value, ndcg100: value }
  const errors = { precision10: 0.01, recall20: 0.01, recall50: 0.01, ndcg100: 0.01 }
  return { method, ...figures, errors, coverage10: 0.1, medianPopularity: 7 }
}

const evaluation: Evaluation = {
  ...{ trainingPlayers: 90, testPlayers: 10, games: 1234, indieGames: 800, ceiling10: 0.6 },
  rows: [row('most played', 0.1), row('<b>& co</b>', 0.2)],
}
const at = new Date('2026-05-01T10:00:00Z')

describe('the newest evaluation', () => {
  it('is kept in the place of the one before, whole', async () => {
    const folder = await temporaryFolder()
    expect(await readEvaluation(folder)).toBeUndefined()
    await saveEvaluation(folder, { at: new Date(0), synthetic: true, evaluation })
    await saveEvaluation(folder, { at, synthetic: false, evaluation })
    expect(await readEvaluation(folder)).toMatchObject({
      at: at.toISOString(),
      synthetic: false,
      ...evaluation,
    })
    expect(await readdir(folder)).toEqual(['evaluation.json'])
  })

  it('is none where the file is not one that this version wrote', async () => {
    const folder = await temporaryFolder()
    for (const text of ['', '{', '[]', '{"format":2}']) {
      await writeFile(path.join(folder, 'evaluation.json'), text)
      expect(await readEvaluation(folder)).toBeUndefined()
    }
  })

  it('is plotted in both languages, with the best of each figure marked, and names as text', async () => {
    const folder = await temporaryFolder()
    await saveEvaluation(folder, { at, synthetic: true, evaluation })
    const stored = await readEvaluation(folder)
    const english = evaluationPlots(stored, 'en')
    expect(english).toContain('say nothing about real ones')
    expect(english).toContain('<tr class="best"><th scope="row">&lt;b&gt;&amp; co&lt;/b&gt;</th>')
    expect(english).toContain('.200 ± .010')
    expect(english.match(/<table/g)).toHaveLength(4)
    expect(evaluationPlots(stored, 'ko')).toContain('가장 많이 플레이한 게임')
    expect(evaluationPlots(undefined, 'en')).toContain('npm run evaluate')
  })
})
