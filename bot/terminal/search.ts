import { better, type Trial, WANTED_COVERAGE } from '../../inference/evaluation/search.ts'
import { EASE, type Recipe } from '../../inference/training/variants.ts'
import { share, table } from './evaluation.ts'

const BEST = 20

/** The best trials first, and how each differs from plain EASE. */
export function renderSearch(trials: readonly Trial[]): string {
  const [ease, ...others] = trials
  if (!ease) return 'Nothing was searched yet.\n'
  const coverage = WANTED_COVERAGE * ease.row.coverage10
  const ranked = others.toSorted((a, b) => (better(a.row, b.row, coverage) ? -1 : 1))
  return [
    `${trials.length} solves on the validation players; best NDCG@100 with coverage@10 of at least ${share(coverage)}, ${WANTED_COVERAGE} times EASE's`,
    '',
    ...table([
      ['', 'NDCG@100', 'coverage@10', 'median popularity'],
      ...[ease, ...ranked.slice(0, BEST)].map(({ recipe, row }) => [
        describe(recipe),
        share(row.ndcg100),
        share(row.coverage10),
        String(row.medianPopularity),
      ]),
    ]),
    '',
  ].join('\n')
}

/** What is not as in plain EASE. */
function describe(recipe: Recipe): string {
  const changes = Object.entries(recipe)
    .filter(([knob, value]) => JSON.stringify(value) !== JSON.stringify(EASE[knob as keyof Recipe]))
    .map(([knob, value]) => `${knob} ${typeof value === 'object' ? inWords(value) : value}`)
  return changes.join(', ') || 'plain EASE'
}

function inWords(value: object): string {
  return Object.values(value).flat().join(' ')
}
