import type { CrossReferenceQuery } from '@crossdock/mapping';
import { describe, expect, it } from 'vitest';
import { noSeal } from './no-seal.ts';
import { noXrefs } from './no-xrefs.ts';
import { createWorkbench, testFlow, unavailable } from './testing/index.ts';

const url = '= $xref("customer", "shop", id, "odoo", "none")';
const flow = testFlow(
  { hook: 'trigger', a: { type: 'effect', config: { url } }, b: { type: 'effect', config: { url } } },
  ['hook>a', 'a>b'],
);
const finds = (answer: (asked: number) => string[]) => {
  const asked: CrossReferenceQuery[] = [];
  const xrefs = { ...noXrefs, find: async (_env: string, query: CrossReferenceQuery) => answer(asked.push(query)) };
  return { asked, xrefs };
};

describe('cross-references in an execution', () => {
  it('stay as they were found, over attempts, a wait and another worker, until it ends', async () => {
    const { xrefs } = finds((asked) => [`odoo-${asked}`]);
    const seen: [string, unknown][] = [];
    let isDown = true;
    const behaviour = ({ nodeId, config }: { nodeId: string; config: Record<string, unknown> }) => {
      seen.push([nodeId, config.url]);
      if (nodeId === 'b' && isDown) throw unavailable();
    };
    const bench = createWorkbench(flow, { behaviour, ports: { xrefs } });
    const message = bench.accept({ id: 12 });
    await bench.carry(message);
    expect(bench.snapshot(message)?.lookups).toEqual([{ of: ['customer', 'shop', '12', 'odoo'], ids: ['odoo-1'] }]);
    isDown = false;
    const other = createWorkbench(flow, { behaviour, ports: { xrefs }, after: bench });
    await other.wake('execution-1');
    expect(other.snapshot(message)?.status).toBe('succeeded');
    expect(new Set(seen.map(([, found]) => found))).toEqual(new Set(['odoo-1']));
    expect(seen.at(-1)?.[0]).toBe('b');
    // A test that is made of the execution finds it again.
    expect(other.snapshot(message)?.lookups).toEqual(bench.snapshot(message)?.lookups);
  });

  it('that were not found stay so for this arrival at the node alone', async () => {
    const { xrefs } = finds((asked) => (asked === 1 ? [] : ['7']));
    const seen: unknown[] = [];
    let failures = 2;
    const behaviour = ({ nodeId, config }: { nodeId: string; config: Record<string, unknown> }) => {
      seen.push([nodeId, config.url]);
      if (nodeId === 'a' && failures-- > 0) throw unavailable();
    };
    const bench = createWorkbench(flow, { behaviour, ports: { xrefs } });
    await bench.carry(bench.accept({ id: 12 }));
    expect(seen).toEqual([
      ['a', 'none'],
      ['a', 'none'],
      ['a', 'none'],
      ['b', '7'],
    ]);
  });

  it('rest sealed where the flow masks something', async () => {
    const { xrefs } = finds(() => ['7']);
    const seal = {
      ...noSeal,
      seal: (value: unknown) => ({ sealed: value }),
      open: (value: unknown) => (value as { sealed: unknown }).sealed,
    };
    const masked = testFlow(
      { hook: 'trigger', a: { type: 'effect', config: { url } }, b: 'effect' },
      ['hook>a', 'a>b'],
      {
        mask: ['id'],
      },
    );
    const bench = createWorkbench(masked, {
      behaviour: ({ nodeId }) => {
        if (nodeId === 'b') throw unavailable();
      },
      ports: { xrefs, seal },
    });
    const message = bench.accept({ sealed: { id: 12 } });
    await bench.carry(message);
    const [lookup] = bench.snapshot(message)?.lookups ?? [];
    expect(lookup).toEqual({ sealed: { of: ['customer', 'shop', '12', 'odoo'], ids: ['7'] } });
  });
});
