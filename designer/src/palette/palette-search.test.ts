import type { NodeManifest } from '@crossdock/flow-model';
import { expect, test } from 'vitest';
import { searchPalette } from './palette-search.ts';

const manifest = (type: string, kind: NodeManifest['kind'], title: string, summary = '') =>
  ({ type, kind, title, summary, connector: type.split('.')[0] }) as NodeManifest;
const all = [
  manifest('http.request', 'action', 'HTTP request', 'Call an HTTP endpoint'),
  manifest('webhook', 'trigger', 'Webhook', 'Start an execution for each request'),
  manifest('transform', 'transform', 'Transform', 'Make a new payload'),
];
const types = (query: string) => searchPalette(all, query).flatMap(({ items }) => items.map(({ type }) => type));

test('without a query everything is there, triggers first', () => {
  expect(types('')).toEqual(['webhook', 'transform', 'http.request']);
});

test('every word must be found, in title, type or summary', () => {
  expect(types('request start')).toEqual(['webhook']);
  expect(types('HTTP')).toEqual(['http.request']);
});

test('nothing matches nonsense', () => {
  expect(searchPalette(all, 'xyz')).toEqual([]);
});
