import { IconPlus } from '@tabler/icons-react';
import { describe, expect, test } from 'vitest';
import type { Command } from './command.ts';
import { rank } from './rank.ts';

const command = (id: string, label: string, more: Partial<Command> = {}): Command => ({
  id,
  label,
  group: 'Go to',
  Icon: IconPlus,
  run: () => undefined,
  ...more,
});
const commands = [
  command('executions', 'Executions'),
  command('deployments', 'Deployments'),
  command('variables', 'Deployments: Variables', { isMinor: true }),
  command('flow erp', 'Shop order to ERP', { group: 'Flows', hint: 'shop-order-to-erp', isMinor: true }),
  command('flow mail', 'Invoices by mail', { group: 'Flows', hint: 'rechnung', words: 'smtp', isMinor: true }),
];
const ids = (query: string, recent: readonly string[] = []) =>
  rank(commands, query, recent, 'Recent').map(({ label, commands: found }) => [label, ...found.map(({ id }) => id)]);

describe('rank', () => {
  test('without a query shows what is recent first, and leaves out what is minor otherwise', () => {
    expect(ids('', ['flow mail', 'gone', 'deployments'])).toEqual([
      ['Recent', 'flow mail', 'deployments'],
      ['Go to', 'executions'],
    ]);
    expect(ids('')).toEqual([['Go to', 'executions', 'deployments']]);
  });

  test('finds by letters in their order, the best first', () => {
    expect(ids('depl vari')[0]).toEqual(['Go to', 'variables']);
    expect(ids('erp')[0]).toEqual(['Flows', 'flow erp']);
    expect(ids('deployments')[0]?.slice(0, 2)).toEqual(['Go to', 'deployments']);
  });

  test('finds by hints and other words too', () => {
    expect(ids('rechnung')).toEqual([['Flows', 'flow mail']]);
    expect(ids('smtp')).toEqual([['Flows', 'flow mail']]);
  });

  test('prefers what is recent among its like', () => {
    expect(ids('e', ['executions'])[0]?.[1]).toBe('executions');
  });

  test('finds nothing where the letters are not', () => {
    expect(ids('qqq')).toEqual([]);
  });
});
