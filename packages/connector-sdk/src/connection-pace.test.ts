import { expect, test } from 'vitest';
import { attemptLimitOf, paceOf } from './connection-pace.ts';

const manifest = {
  pace: {
    ...{ perSecond: 'callsPerSecond', atOnce: 'callsAtOnce', url: 'url', callsPerAttempt: 3 },
    defaults: [
      { host: '.odoo.com', perSecond: 1, atOnce: 1 },
      { host: '', perSecond: 10, atOnce: 4 },
    ],
  },
};

test('the pace goes by the host, unless the settings say it', () => {
  expect(paceOf(manifest, { url: 'https://shop.odoo.com' })).toEqual({ perSecond: 1, atOnce: 1 });
  expect(paceOf(manifest, { url: 'https://notodoo.com/' })).toEqual({ perSecond: 10, atOnce: 4 });
  expect(paceOf(manifest, { url: 'https://shop.odoo.com', callsPerSecond: 5 })).toEqual({ perSecond: 5, atOnce: 1 });
  expect(paceOf({}, {})).toBeUndefined();
});

test('attempts are fewer than calls', () => {
  expect(attemptLimitOf(manifest, { url: 'https://shop.odoo.com' })).toEqual({ limit: 1, periodMs: 3000 });
  expect(attemptLimitOf(manifest, { callsPerSecond: 0.5 })).toEqual({ limit: 1, periodMs: 6000 });
  expect(attemptLimitOf(manifest, {})).toEqual({ limit: 10, periodMs: 3000 });
  expect(attemptLimitOf({}, {})).toBeUndefined();
});
