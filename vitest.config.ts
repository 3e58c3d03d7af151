import { defineConfig } from 'vitest/config'

// biome-ignore lint/style/noDefaultExport: vitest asks for one.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/operations/**'],
    globalSetup: ['test/support/postgres/setup.ts'],
    testTimeout: 120_000,
    // A condition is waited for as long as a busy machine may need.
    expect: { poll: { timeout: 15_000 } },
    hookTimeout: 60_000,
  },
})
