import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: join(import.meta.dirname, '..'),
  // Workspace packages are tested as they are written, not as they were last built.
  ssr: { resolve: { conditions: ['development'] } },
  test: {
    environment: 'node',
    globalSetup: ['tests/support/global-setup.ts'],
    include: ['tests/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    maxWorkers: 2,
    // Limits on what never comes; a busy machine only takes longer to get there.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
    expect: { poll: { timeout: 45_000, interval: 20 } },
  },
})
