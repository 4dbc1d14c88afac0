import { describe, expect, test } from 'vitest';
import type { OrderState } from '../fold/order-state.ts';
import { wantsEvent, wantsOrderFacts } from './filter.ts';
import { subscriptionProblems } from './settings.ts';

const CONFIRMED = 'com.platform.order.confirmed.v1';
const SHIPPED = 'com.platform.order.line.shipped.v1';
const order = {
  head: {
    channel: 'shop',
    parties: [
      { role: 'buyer', ids: [{ system: 'crm', type: 'account', id: 'ACC-7' }], gln: '4012345000009', name: 'Acme' },
      { role: 'ship_from', name: 'North warehouse' },
    ],
  },
} as unknown as Pick<OrderState, 'head'>;

describe('a filter', () => {
  test.each([
    ['nothing wants all', {}, true],
    ['its type', { types: [SHIPPED, CONFIRMED] }, true],
    ['another type', { types: [SHIPPED] }, false],
    ['its channel', { channels: ['edi', 'shop'] }, true],
    ['another channel', { channels: ['edi'] }, false],
    ['a party by id', { partners: ['ACC-7'] }, true],
    ['a party by GLN', { partners: ['4012345000009'] }, true],
    ['a party of any role by name', { partners: ['North warehouse'] }, true],
    ['another party', { partners: ['Acme Ltd'] }, false],
    ['its party by another channel', { partners: ['Acme'], channels: ['edi'] }, false],
    ['all that it is', { types: [CONFIRMED], partners: ['Acme'], channels: ['shop'] }, true],
  ])('by %s', (_what, filter, isWanted) => {
    expect(wantsEvent(filter, { type: CONFIRMED }, order)).toBe(isWanted);
  });

  test('wants no event of an order that nothing is known of, where it asks for a party or a channel', () => {
    for (const unknown of [undefined, { head: undefined }]) {
      expect(wantsEvent({ types: [CONFIRMED] }, { type: CONFIRMED }, unknown)).toBe(true);
      expect(wantsEvent({ partners: ['Acme'] }, { type: CONFIRMED }, unknown)).toBe(false);
      expect(wantsEvent({ channels: ['shop'] }, { type: CONFIRMED }, unknown)).toBe(false);
    }
  });

  test('needs the order only for parties and channels', () => {
    expect(wantsOrderFacts({ types: [CONFIRMED] })).toBe(false);
    expect(wantsOrderFacts({ partners: ['Acme'] })).toBe(true);
    expect(wantsOrderFacts({ channels: ['shop'] })).toBe(true);
  });
});

describe('settings', () => {
  const unsent = { name: 'Acme', path: '/events', filter: {}, giveUpAfterHours: 24 };
  const good = { ...unsent, connection: 'acme' };

  test('that are good have no problems', () => {
    expect(subscriptionProblems(good)).toEqual([]);
    const filter = { types: [CONFIRMED, 'com.acme.pallet.built.v1'], partners: ['Acme'], channels: ['edi'] };
    expect(subscriptionProblems({ ...good, filter })).toEqual([]);
  });

  test.each([
    ['name', { ...good, name: ' ' }, 'Say who'],
    ['connection', unsent, 'Add it.'],
    ['giveUpAfterHours', { ...good, giveUpAfterHours: 0 }, 'from 1 to 336'],
    ['path', { ...good, path: 'https://evil.example' }, 'Leave out scheme and host'],
    ['path', { ...good, path: '//evil.example' }, 'Leave out scheme and host'],
    ['url', { ...good, url: 'x' }, 'Remove it'],
    ['filter.types', { ...good, filter: { types: [] } }, 'leave the field out'],
    ['filter.types[1]', { ...good, filter: { types: [SHIPPED, 'com.platform.order.lost.v1'] } }, 'of the catalogue'],
    ['filter.types[0]', { ...good, filter: { types: ['com.acme.a b'] } }, 'Remove the space'],
    ['filter.partners[1]', { ...good, filter: { partners: ['Acme', 'Acme'] } }, 'Remove it.'],
    ['filter.channel', { ...good, filter: { channel: 'shop' } }, 'correct its spelling'],
  ])('name the field %s and what to do', (field, settings, fix) => {
    expect(subscriptionProblems(settings)).toEqual([
      { field, message: expect.stringContaining(field), fix: expect.stringContaining(fix) },
    ]);
  });
});
