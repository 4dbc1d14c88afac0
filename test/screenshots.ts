// `pnpm screenshots`: every page of the tour, light and dark, at 1280 and 1920 px, into docs/screenshots. With names of stops of the tour
// behind it, only those are taken anew.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { signIn } from './fixtures/browser.ts';
import { startRuntime } from './fixtures/runtime.ts';
import { goTo, prepareTour, showIn } from './fixtures/tour.ts';
import config from './playwright.config.ts';

const folder = fileURLToPath(new URL('../docs/screenshots', import.meta.url));
const names = process.argv.slice(2);
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

const runtime = await startRuntime();
const browser = await chromium.launch(config.use?.launchOptions);
try {
  const tour = (await prepareTour(runtime)).filter(({ name }) => names.length === 0 || names.includes(name));
  if (names.length === 0) await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const viewport of SIZES) {
    const page = await (await browser.newContext({ viewport, reducedMotion: 'reduce' })).newPage();
    // A picture may take its time: on a busy machine the code editor alone needs a minute.
    page.setDefaultTimeout(180_000);
    await page.goto(`${runtime.url}/sign-in`);
    await page.getByLabel('E-mail').waitFor();
    if (names.length === 0) await shoot(page, 'sign-in', viewport.width);
    await signIn(page, runtime);
    for (const stop of tour) {
      await goTo(page, runtime, stop);
      await shoot(page, stop.name, viewport.width);
    }
    await page.context().close();
  }
} finally {
  await browser.close();
  await runtime.stop();
}

/** One picture in light and one in dark, as WebP: a third of a PNG's size. */
async function shoot(page: Page, name: string, width: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await showIn(page, colorScheme);
    const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 60 });
    await writeFile(`${folder}/${name}-${colorScheme}-${width}.webp`, Buffer.from(data, 'base64'));
  }
  await devtools.detach();
}
