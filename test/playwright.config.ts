import { spawnSync } from 'node:child_process';
import { defineConfig } from '@playwright/test';

/** The system's Chromium where there is one, else Playwright's own. */
const executablePath = ['chromium', 'chromium-browser', 'google-chrome']
  .map((name) => spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim())
  .find((path) => path !== '');

export default defineConfig({
  testDir: './e2e',
  // Each file has a start of its own; two of them are what two cores take.
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json']],
  outputDir: '../test-results',
  use: {
    headless: true,
    viewport: { width: 1440, height: 900 },
    // A dialog that fades away is still found by its role: without motion it is gone at once, as for people who ask for that.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    // To record every test would take a third of the time of all.
    trace: 'on-first-retry',
    launchOptions: executablePath ? { executablePath } : {},
  },
});
