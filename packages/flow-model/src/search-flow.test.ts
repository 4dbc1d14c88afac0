import { describe, expect, it } from 'vitest';
import type { Flow } from './document.ts';
import { searchFlow } from './search-flow.ts';

const flow: Flow = {
  formatVersion: 1,
  id: 'f',
  name: 'F',
  nodes: [
    { id: 'hook', type: 'webhook', config: { path: 'shop/orders', method: 'POST' } },
    {
      id: 'map',
      type: 'transform',
      name: 'To the ERP',
      config: { mapping: `{\n  "number": order.name,\n  "email": ${'customer.'.repeat(12)}email\n}` },
    },
    {
      id: 'erp',
      type: 'http.request',
      connection: 'erp',
      config: { url: '= $vars.erp', timeout: 30, deep: [{ a: 'X' }] },
    },
  ],
  edges: [],
  layout: {
    nodes: {},
    groups: [{ id: 'g', title: 'Into the books', color: 'blue', nodes: ['erp'] }],
    notes: [
      { id: 'n', x: 0, y: 0, width: 200, height: 80, color: 'amber', text: `Ask accounting first.\nThen book it.` },
    ],
  },
};
const places = (query: string, titles?: ReadonlyMap<string, string>) =>
  searchFlow(flow, query, titles).map(({ id, path }) => `${id} ${path}`);

describe('searchFlow', () => {
  it('finds names, ids, types, connections and settings at any depth, without regard to case', () => {
    expect(places('ERP')).toEqual(['map /name', 'erp /id', 'erp /connection', 'erp /config/url']);
    expect(places('http.req')).toEqual(['erp /type']);
    expect(places('30')).toEqual(['erp /config/timeout']);
    expect(places('x')).toContain('erp /config/deep/0/a');
    expect(searchFlow(flow, 'X').find(({ id }) => id === 'erp')?.field).toBe('config.deep[0].a');
  });

  it('finds a node without a name by the title of its type', () => {
    expect(places('web hook', new Map([['webhook', 'Web hook']]))).toEqual(['hook /name']);
    expect(places('web hook')).toEqual([]);
  });

  it('shows one short line around what was found, and where it is in the whole text', () => {
    const [hit] = searchFlow(flow, 'order.name');
    expect(hit).toMatchObject({ kind: 'node', name: 'To the ERP', field: 'config.mapping', position: 14 });
    expect(hit?.excerpt).toMatch(/^\{ "number": order\.name, .*…$/);
    for (const { excerpt } of [...searchFlow(flow, 'email'), ...searchFlow(flow, 'customer')]) {
      expect(excerpt.length).toBeLessThanOrEqual(80);
      expect(excerpt).not.toContain('\n');
    }
  });

  it('finds titles of groups and texts of notes, after what is in nodes', () => {
    expect(searchFlow(flow, 'book')).toEqual([
      {
        ...{ kind: 'group', id: 'g', name: 'Into the books', path: '/title', field: 'title', position: 9 },
        excerpt: 'Into the books',
      },
      {
        ...{ kind: 'note', id: 'n', name: '', path: '/text', field: 'text', position: 27 },
        excerpt: '…accounting first. Then book it.',
      },
    ]);
    const { layout: _layout, ...bare } = flow;
    expect(searchFlow(bare, 'book')).toEqual([]);
  });

  it('finds nothing by nothing', () => {
    expect(places('   ')).toEqual([]);
    expect(places('nowhere')).toEqual([]);
  });
});
