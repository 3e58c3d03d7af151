import type { Explanation } from '../../inference/evaluation/explain.ts'
import { renderEvaluation, share, table } from './evaluation.ts'

/** What `npm run evaluate -- --explain` prints. */
export function renderExplanation({ reranker, curve, groups }: Explanation, synthetic: boolean): string {
  const { sizes, features } = reranker
  const head = [
    '',
    'mean',
    'deviation',
    ...sizes.map((size) => `${size}`),
    ...sizes.map((size) => `${size}²`),
  ]
  const rows = features.map(({ name, mean, deviation, linear, squared }) => [
    name,
    ...[mean, deviation, ...linear, ...squared].map((value) =>
      share(value).replace('-', '−').replace('−0.', '−.'),
    ),
  ])
  return [
    `Weights of each feature at libraries of ${sizes.join(', ')} games; ² is the weight of its square.`,
    '',
    ...table([head, ...rows]),
    '',
    'd: what is taken off for ln(owners).',
    renderEvaluation(curve, synthetic),
    'What is lost without each group of features:',
    renderEvaluation(groups, synthetic, 'all features'),
  ].join('\n')
}
