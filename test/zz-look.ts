import { chromium } from '@playwright/test';
import { signIn } from './fixtures/browser.ts';
import { deployFlow } from './fixtures/flows.ts';
import { startRuntime } from './fixtures/runtime.ts';
import { postHook } from './fixtures/shop.ts';
const runtime = await startRuntime();
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium' });
const telling = { formatVersion: 1, id: 'tell-orders', name: 'Tell orders', nodes: [
  { id: 'hook', type: 'webhook', config: { path: 'tell', method: 'POST', response: 'accepted' } },
  { id: 'map', type: 'status.map', name: 'Map', config: { system: 'odoo', document: 'stock.picking', status: '= $lookup(data, "st")', key: '= key' } },
  { id: 'tell', type: 'event.emit', name: 'Tell', config: { type: '= type', key: '= key', id: '= id', source: '= source', data: '= data' } },
], edges: [{ id: 'e1', source: 'hook', sourceHandle: 'out', target: 'tell', targetHandle: 'in' }], settings: {} };
telling.nodes.splice(1, 1);
try {
  await deployFlow(runtime, telling as any);
  const tell = async (name: string, key: string, system: string, data: any, time?: string) => {
    const body = { type: `com.platform.${name}.v1`, key, id: `${name}:${key}`, source: `//connections/${system}`, data };
    for (let i = 0; i < 40; i++) { const a = await postHook(runtime, 'tell', JSON.stringify(body)); if (a.status === 202) break; await new Promise((r) => setTimeout(r, 250)); }
  };
  for (let n = 1; n < 6; n++) {
    await tell('order.received', `ord_${n}`, 'shop', { orderKey: `ord_${n}`, channel: 'shop', customerOrderNo: `PO-45000${n}`, reportedBy: 'channel', parties: [{ role: 'buyer', name: ['Acme Ltd', 'Beta GmbH', 'Gamma SA'][n % 3] }],
      lines: [{ lineKey: `ord_${n}/1`, item: { sku: 'A-100' }, qty: { value: '10', uom: 'EA' }, price: { amount: '12.50', currency: 'EUR' } }] });
  }
  await tell('exception.raised', 'ord_1', 'crossdock', { orderKey: 'ord_1', exceptionId: 'x1', code: 'CREDIT_HOLD', severity: 'high', description: 'Credit limit passed by 1,200 EUR' });
  await new Promise((r) => setTimeout(r, 4000));
  for (const [scheme, width] of [['light', 1280], ['dark', 1920]] as const) {
    const page = await (await browser.newContext({ viewport: { width, height: 900 }, reducedMotion: 'reduce', colorScheme: scheme })).newPage();
    page.on('pageerror', (e) => console.log('ERR', e.message));
    await signIn(page, runtime);
    const shot = async (name: string) => { await page.waitForTimeout(900); await page.screenshot({ path: `/tmp/me/shots/${name}-${scheme}.png` }); };
    for (const [name, path] of [['orders', '/orders?env=dev'], ['order', '/orders/ord_1?env=dev'], ['rules', '/order-rules'], ['refs', '/references'], ['proposals', '/references?tab=proposals'], ['statuses', '/references?tab=statuses'], ['exceptions', '/exceptions']] as const) {
      await page.goto(runtime.url + path); await shot(name);
    }
    await page.goto(`${runtime.url}/flows/shop-order-to-erp`);
    await page.getByTestId('node-map').waitFor(); await shot('editor');
    await page.getByRole('button', { name: /Run|Try/ }).first().click(); await page.waitForTimeout(2500); await shot('run');
    await page.getByTestId('node-map').click(); await shot('node');
    const tests = page.getByRole('tab', { name: /Tests/ }).or(page.getByRole('button', { name: /Tests/ })).first();
    if (await tests.isVisible()) { await tests.click(); await shot('tests'); }
    await page.close();
  }
} catch (e) { console.log(e); } finally { await browser.close(); await runtime.stop(); }
