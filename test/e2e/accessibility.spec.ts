import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { signIn } from '../fixtures/browser.ts';
import { type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';
import { goTo, prepareTour, showIn, type TourStop } from '../fixtures/tour.ts';

// Some fifty pages and dialogs: four minutes where another file runs beside it.
test.describe.configure({ timeout: 600_000 });
let runtime: RunningRuntime;
let tour: readonly TourStop[];
test.beforeAll(async () => {
  runtime = await startRuntime();
  tour = await prepareTour(runtime);
});
test.afterAll(() => runtime.stop());

const NAMED_IN_GERMAN = ['editor', 'orders', 'order', 'references', 'executions', 'execution', 'exceptions'];
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds serious or critical: the rule and the elements. On the whole page, or in `part` of it alone. */
async function graveIn(page: Page, { rules, part }: { rules?: string[]; part?: string } = {}): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  if (part !== undefined) axe.include(part);
  const { violations } = await (rules ? axe.withRules(rules) : axe.withTags(WCAG)).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target.join(' ')} ${html.slice(0, 160)}`));
}

test('axe finds nothing serious on any page, in light and in dark, and in no dialog over one', async ({ page }) => {
  const found: string[] = [];
  const look = async (name: string) => {
    await showIn(page, 'light');
    found.push(...(await graveIn(page)).map((what) => `${name}: ${what}`));
    await showIn(page, 'dark');
    // Only colours differ there.
    found.push(...(await graveIn(page, { rules: ['color-contrast'] })).map((what) => `${name}, dark: ${what}`));
  };
  // The page below is looked at by itself, in both colours, and what dialogs are made of with it.
  const lookAtDialog = async (name: string) => {
    await showIn(page, 'dark');
    found.push(...(await graveIn(page, { part: '[role="dialog"]' })).map((what) => `${name}: ${what}`));
  };
  await page.goto(`${runtime.url}/sign-in`);
  await page.getByLabel('E-mail').waitFor();
  await look('sign-in');
  await signIn(page, runtime);
  for (const stop of tour) {
    await goTo(page, runtime, stop);
    await (stop.open ? lookAtDialog : look)(stop.name);
  }
  expect(found).toEqual([]);
});

test('the keyboard skips to the content', async ({ page }) => {
  await signIn(page, runtime);
  await page.reload();
  await page.getByRole('heading', { name: 'Flows' }).waitFor();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
});

test('a browser that wants German gets German, and the choice of another language stays', async ({ browser }) => {
  const page = await (await browser.newContext({ locale: 'de-AT' })).newPage();
  await page.goto(`${runtime.url}/sign-in`);
  await expect(page.getByRole('heading', { name: 'Bei Crossdock anmelden' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await page.getByRole('combobox', { name: 'Sprache' }).click();
  await page.getByRole('option', { name: 'English' }).click();
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/account`);
  await page.getByRole('combobox', { name: 'Language' }).click();
  await page.getByRole('option', { name: 'Deutsch' }).click();
  await expect(page.getByRole('heading', { name: 'Profil' })).toBeVisible();
  await expect(
    page.getByRole('navigation', { name: 'Hauptmenü' }).getByRole('link', { name: 'Aufträge' }),
  ).toBeVisible();
  // Names that say more than what is seen are put together anew in each language.
  const found: string[] = [];
  for (const stop of tour.filter(({ name }) => NAMED_IN_GERMAN.includes(name))) {
    await goTo(page, runtime, stop);
    const rules = ['label-content-name-mismatch'];
    found.push(...(await graveIn(page, { rules })).map((what) => `${stop.name}: ${what}`));
  }
  expect(found).toEqual([]);
});
