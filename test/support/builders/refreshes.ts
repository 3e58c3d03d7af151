import type { Refresh, RefreshState } from '../../../core/training/refresh.ts'

const DATA = { players: 4159, games: 8745, pairs: 771_000, density: 0.0212, unknown: 0.0538 }

/** With everything that may be found. */
export const PROMOTED: Refresh = {
  ...{
    id: 'r1',
    kind: 'refresh',
    state: 'promoted',
    phase: 'promote',
    served: 6,
    version: 7,
    reason: undefined,
  },
  startedAt: new Date('2026-11-30T04:00:00Z'),
  findings: {
    taken: { players: 300, added: 54_013, removed: 12, gone: 1 },
    data: DATA,
    dataBefore: { ...DATA, players: 3876, unknown: 0.0612 },
    judges: 81,
    before: { ndcg100: 0.462, precision10: 0.251, recall20: 0.441, coverage10: 0.151 },
    after: { ndcg100: 0.47, precision10: 0.258, recall20: 0.449, coverage10: 0.161 },
    difference: { mean: 0.008, low: -0.002, high: 0.019 },
    pinned: [
      { name: 'roguelikes', known: 8, picks: 10, alike: 9 },
      { name: 'horror', known: 1, picks: 0, alike: 0 },
    ],
    phases: [
      { name: 'take in', seconds: 8.1, peakBytes: 2.1e8 },
      { name: 'train', seconds: 51.9, peakBytes: 8.4e8 },
      { name: 'evaluate', seconds: 26.2, peakBytes: 8.6e8 },
      { name: 'promote', seconds: 0.1, peakBytes: 8.6e8 },
    ],
  },
}

/** What strangers could have named, and more of it than fits. */
const HOSTILE = '<!channel> @everyone [a](https://evil.example) `x` *b* & '.repeat(120)

const ended = (state: RefreshState, more: Partial<Refresh>): Refresh => ({ ...PROMOTED, state, ...more })

/** One of each kind of end. */
export const REFRESHES: readonly Refresh[] = [
  PROMOTED,
  ended('promoted', {
    served: undefined,
    version: 1,
    findings: { ...PROMOTED.findings, before: undefined, difference: undefined },
  }),
  ended('unchanged', { version: undefined }),
  ended('refused', { version: undefined, reason: HOSTILE }),
  ended('failed', { version: undefined, reason: HOSTILE, findings: {} }),
  ended('abandoned', { version: undefined, reason: 'its process ended during “train”', findings: {} }),
  ended('rolled-back', {
    kind: 'rollback',
    reason: 'version 5 is back',
    findings: { withdrawn: { version: 6, identity: 'abc' } },
  }),
]
