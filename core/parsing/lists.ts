import { unmarked } from '../marks.ts'

/** A minus before a label, as search engines have it: none that carries it. */
const EXCLUDED = /^[-−–—!]\s*/u

type Labels = { readonly wanted: readonly string[]; readonly excluded: readonly string[] }

/** Reads labels, those with a minus as what none may carry. */
export function readLabels(text: string | undefined): Labels {
  const labels = splitLabels(text)
  return {
    wanted: labels.filter((label) => !EXCLUDED.test(label)),
    excluded: labels.filter((label) => EXCLUDED.test(label)).map(withoutMinus),
  }
}

/** Reads labels that are all to be left out, with a minus or without. */
export function readExcluded(text: string | undefined): readonly string[] {
  return splitLabels(text).map(withoutMinus)
}

/** Tells whether a label is asked for, rather than only left out. */
export function hasLabel(text: string): boolean {
  return readLabels(text).wanted.length > 0
}

/** Reads names as they stand, twice where they stand twice: what parts a list may also stand in a title. */
export function readNames(text: string | undefined): readonly string[] {
  return partsOf(text, /;+/)
}

/** Splits labels, each without the number of games behind it, which a completion shows. */
export function splitLabels(text: string | undefined): string[] {
  const labels = new Set(partsOf(text, /[,;]+(?!\d{3}\))/))
  return [...labels].map((label) => label.replace(/(?<=\S)\s*\(\d[\d.,]*\)$/, ''))
}

function withoutMinus(label: string): string {
  return label.replace(EXCLUDED, '')
}

function partsOf(text: string | undefined, separator: RegExp): string[] {
  return (text ?? '')
    .split(separator)
    .map(unmarked)
    .filter((part) => part !== '')
}
