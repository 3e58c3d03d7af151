import type { Locale } from '../../core/locale.ts'
import type { PageWords } from '../../core/strings/page.ts'
import { pageWords } from '../../core/strings/page-words.ts'
import type { StoredEvaluation } from '../context/evaluation-file.ts'
import { rectangle } from '../images/svg.ts'
import { escaped } from '../platform/web-page.ts'
import { share } from '../terminal/evaluation.ts'
import { momentIn } from './state.ts'

const FIGURES = ['precision10', 'recall20', 'recall50', 'ndcg100'] as const
type Figure = (typeof FIGURES)[number]
type Row = StoredEvaluation['rows'][number]

const WIDTH = 200
const HEIGHT = 14

/** The newest evaluation as HTML: a table of bars for each figure, with one standard error to either side. */
export function evaluationPlots(evaluation: StoredEvaluation | undefined, locale: Locale): string {
  const words = pageWords(locale)
  if (!evaluation) return `<p>${escaped(words.noEvaluation)}</p>`
  const { testPlayers, games, at, synthetic } = evaluation
  return `<p>${escaped(words.evaluated(testPlayers, games, momentIn(new Date(at), locale)))}</p>
${synthetic ? `<p class="honest">${escaped(words.syntheticFigures)}</p>` : ''}
<div class="plots">${FIGURES.map((figure) => plot(figure, evaluation, words)).join('')}</div>`
}

function plot(figure: Figure, { rows }: StoredEvaluation, words: PageWords): string {
  const longest = Math.max(0.001, ...rows.map((row) => row[figure] + row.errors[figure]))
  const best = Math.max(...rows.map((row) => row[figure]))
  const lines = rows.map((row) => line(row, figure, { longest, isBest: row[figure] === best, words }))
  return `<table class="plot"><caption>${escaped(words.figures[figure])}</caption><tbody>${lines.join('')}</tbody></table>`
}

type Drawing = { readonly longest: number; readonly isBest: boolean; readonly words: PageWords }

function line(row: Row, figure: Figure, { longest, isBest, words }: Drawing): string {
  const value = row[figure]
  const error = row.errors[figure]
  const { methods } = words
  const name = (Object.hasOwn(methods, row.method) && methods[row.method]) || row.method
  return `<tr${isBest ? ' class="best"' : ''}><th scope="row">${escaped(name)}</th><td>${bar(value / longest, error / longest)}<span class="value">${share(value)} ± ${share(error)}</span></td></tr>`
}

/** Shares of the width, 0 to 1. The figures stand beside it in words. */
function bar(value: number, error: number): string {
  const end = value * WIDTH
  const whisker = { x: end - error * WIDTH, y: HEIGHT / 2 - 0.75, width: 2 * error * WIDTH, height: 1.5 }
  const whole = { x: 0, y: 0, height: HEIGHT, rounding: 3 }
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${[
    rectangle({ ...whole, width: WIDTH, fill: 'var(--track)' }),
    rectangle({ ...whole, width: end, fill: 'var(--bar)' }),
    rectangle({ ...whisker, fill: 'var(--whisker)' }),
  ].join('')}</svg>`
}
