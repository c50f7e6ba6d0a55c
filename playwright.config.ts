import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/setup/browser.mjs';

const executablePath = findBrowser();

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  // Each worker has a JupyterLab and its kernels beside the browser: more than one would only wait.
  workers: 1,
  // A machine that is shared can be slow at the wrong moment; what passes only then is reported as flaky.
  retries: process.env.CI ? 1 : 0,
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
  outputDir: 'test-results',
  use: {
    browserName: 'chromium',
    viewport: { width: 1400, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      // Chromium's sandbox refuses to work for root.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
      ...(executablePath === undefined ? {} : { executablePath })
    }
  }
});
