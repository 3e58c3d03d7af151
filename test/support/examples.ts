import type { Examples } from '../../core/examples.ts'

/** Of a catalogue that holds games of every kind. */
export const EXAMPLES: Examples = {
  games: ['Hades', 'Celeste'],
  labels: ['Roguelike', 'Puzzle', 'Horror'],
  values: {
    sort: 'hidden-gems',
    platform: 'windows',
    language: 'English',
    min_reviews: '100',
    min_positive: '90',
  },
  priceCents: 1_000,
  hasSteam: true,
}
