import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    environment: 'node',
    // Two cores are enough for a machine to be busy with something else meanwhile.
    testTimeout: 120_000,
    hookTimeout: 120_000
  }
});
