import { defineConfig } from 'vitest/config'
import { PATIENCE_MS } from './test/support/patience.ts'

/** What needs servers of Debian's beside us: pgbouncer, PostgreSQL's own clients, haproxy, nginx, Prometheus. */
// biome-ignore lint/style/noDefaultExport: vitest asks for one.
export default defineConfig({
  test: {
    include: ['test/operations/**/*.test.ts'],
    globalSetup: ['test/support/postgres/setup.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    // A condition is waited for as long as a busy machine may need.
    expect: { poll: { timeout: PATIENCE_MS, interval: 50 } },
    hookTimeout: 180_000,
  },
})
