import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bannerText } from './banner.ts';
import { demoCurlLine } from './demo-order.ts';

describe('what a start prints', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "crossdock's demo "));
    mkdirSync(join(folder, 'shop-order-to-erp'));
    writeFileSync(
      join(folder, 'shop-order-to-erp', 'flow.json'),
      JSON.stringify({
        nodes: [{ type: 'transform' }, { type: 'webhook', config: { path: 'shop/orders' } }],
        samples: [{ name: 'One', payload: { name: "O'Neill" } }],
      }),
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is the address, the sign-in while it is new, and a curl line', () => {
    const url = 'http://127.0.0.1:4400';
    const seeded = { email: 'admin@crossdock.local', password: 'pw', isFirstStart: true };
    const text = bannerText({ url, seeded, curl: 'curl x' });
    expect(text).toContain('\nCrossdock is ready at http://127.0.0.1:4400\n\nOpen it');
    expect(text).toContain('\n  E-mail:   admin@crossdock.local\n  Password: pw\nKeep the password');
    expect(text).toContain('\ncurl x\n');
    const later = bannerText({ url, seeded: { email: seeded.email, isFirstStart: false } });
    expect(later).toContain('\nSign in as admin@crossdock.local, with the password that the first start printed');
    const chosen = bannerText({ url, seeded: { email: seeded.email, isFirstStart: true } });
    expect(chosen).toContain('\n  Password: (that of CROSSDOCK_ADMIN_PASSWORD)\n');
    expect(chosen).not.toContain('Keep');
  });

  test('holds a curl line that a shell takes as it is, whatever the folder is called', () => {
    const line = demoCurlLine(folder, folder, 'http://127.0.0.1:4400') ?? '';
    expect(line).toMatch(/^curl .* http:\/\/127\.0\.0\.1:4400\/hooks\/dev\/shop\/orders /);
    const words = execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }; ${line}`], { encoding: 'utf8' }).split(
      '\n',
    );
    const file = words.find((word) => word.startsWith('@'))?.slice(1) ?? '';
    expect(JSON.parse(execFileSync('cat', [file], { encoding: 'utf8' }))).toEqual({ name: "O'Neill" });
  });

  test('leaves the curl line out where the demo flow is gone', () => {
    expect(demoCurlLine(join(folder, 'nowhere'), folder, 'http://127.0.0.1:4400')).toBeUndefined();
  });
});
