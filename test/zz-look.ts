import { chromium } from '@playwright/test';
import { startRuntime, ADMIN_EMAIL, ADMIN_PASSWORD } from './fixtures/runtime.ts';
const runtime = await startRuntime();
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium' });
try {
  for (const scheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ viewport: scheme === 'light' ? { width: 1280, height: 800 } : { width: 1920, height: 1080 }, colorScheme: scheme });
    page.on('pageerror', (e) => console.log('PAGE', e.message));
    page.on('console', (m) => m.type() === 'error' && console.log('CONSOLE', m.text()));
    await page.goto(`${runtime.url}/`);
    await page.getByLabel('E-mail').fill(ADMIN_EMAIL);
    await page.getByLabel('Password').fill(ADMIN_PASSWORD);
    await page.getByRole('button', { name: /Sign in/ }).click();
    await page.waitForURL(/flows/);
    await page.goto(`${runtime.url}/flows/shop-order-to-erp?node=map&tab=mapping`);
    await page.getByRole('button', { name: /Wide|wide|room/ }).first().click().catch((e) => console.log(e.message));
    await page.waitForTimeout(3500);
    await page.screenshot({ path: `/tmp/me/board-${scheme}.png` });
  }
} finally { await browser.close(); await runtime.stop(); }
