import { defineConfig } from 'vitest/config'

// biome-ignore lint/style/noDefaultExport: vitest asks for one.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/operations/**'],
    globalSetup: ['test/support/postgres/setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
