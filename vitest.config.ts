import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { lanes } from './test/support/lanes/lanes.ts'
import { LongestFirst } from './test/support/lanes/longest-first.ts'
import { PATIENCE_MS } from './test/support/patience.ts'

const { unit, whole } = lanes()

/** Most files of the whole lane wait for a process or a server most of the time: one worker more than there are cores. */
const workers = Math.min(availableParallelism() + 1, 8)

// biome-ignore lint/style/noDefaultExport: vitest asks for one.
export default defineConfig({
  test: {
    maxWorkers: workers,
    sequence: { sequencer: LongestFirst },
    testTimeout: 300_000,
    // A condition is waited for as long as a busy machine may need.
    expect: { poll: { timeout: PATIENCE_MS, interval: 50 } },
    hookTimeout: 180_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [...unit],
          isolate: false,
          setupFiles: ['test/support/lanes/inside.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'whole', include: [...whole], globalSetup: ['test/support/postgres/setup.ts'] },
      },
    ],
  },
})
