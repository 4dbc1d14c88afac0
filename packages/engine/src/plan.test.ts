import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planFlow } from './plan.ts';
import { createPlanCache } from './plan-cache.ts';
import { createWorkbench, testFlow, testManifests, testRunners } from './testing/index.ts';

const types = { manifests: testManifests, runners: testRunners() };

/** Flows in layers, any node joined to any of a later layer. */
const layered = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 }).chain((widths) => {
  const layers = [
    ['hook'],
    ...widths.map((width, layer) => Array.from({ length: width }, (_, at) => `n${layer}${at}`)),
  ];
  const pairs = layers.flatMap((from, at) =>
    layers.slice(at + 1).flatMap((to) => from.flatMap((a) => to.map((b) => `${a}>${b}`))),
  );
  return fc.subarray(pairs, { minLength: 1 }).map((edges) => ({ nodes: layers.flat(), edges }));
});

describe('a plan', () => {
  it('knows after which effects others can still follow', () => {
    const plan = planFlow(
      testFlow({ hook: 'trigger', a: 'effect', m: 'pure', b: 'effect', z: 'pure' }, ['hook>a', 'a>m', 'm>b', 'b>z']),
      types,
    );
    expect(['a', 'm', 'b', 'z'].map((nodeId) => plan.nodes.get(nodeId)?.reachesEffect)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('reads which outputs expressions name', () => {
    const named = (value: string) =>
      planFlow(testFlow({ hook: 'trigger', m: { type: 'pure', config: { value } } }, ['hook>m']), types);
    expect(named('= $nodes.erp.id & $nodes.`my-node`.x').namedNodes).toEqual(new Set(['erp', 'my-node']));
    expect(named('= $keys($nodes)').namedNodes).toBe('all');
    expect(named('= $').namedNodes).toEqual(new Set());
    expect(named('= $trigger.id').namesTrigger).toBe(true);
  });

  it('gives an attempt the time that the node says, else its type, else the default; a pure node has none', () => {
    const slow = { ...testManifests.get('test.effect')!, type: 'test.slow', timeoutMs: 150_000 };
    const plan = planFlow(
      testFlow({ hook: 'trigger', own: { type: 'slow', timeoutMs: 7 }, slow: 'slow', a: 'effect', m: 'pure' }, []),
      {
        manifests: new Map([...testManifests, [slow.type, slow]]),
        runners: new Map([...types.runners, [slow.type, types.runners.get('test.effect')!]]),
      },
    );
    const times = ['own', 'slow', 'a', 'm'].map((nodeId) => plan.nodes.get(nodeId)?.timeoutMs);
    expect(times).toEqual([7, 150_000, 30_000, undefined]);
  });

  it('refuses a node type that is not there, a dangling edge and a cycle', () => {
    const code = (code: string) => expect.objectContaining({ code });
    expect(() => planFlow(testFlow({ hook: 'trigger', x: 'nothing' }, []), types)).toThrow(
      code('FLOW_UNKNOWN_NODE_TYPE'),
    );
    expect(() => planFlow(testFlow({ hook: 'trigger' }, ['hook>x']), types)).toThrow(code('FLOW_EDGE_DANGLING'));
    const cycle = testFlow({ hook: 'trigger', a: 'pure', b: 'pure' }, ['hook>a', 'a>b', 'b>a']);
    expect(() => planFlow(cycle, types)).toThrow(code('FLOW_CYCLE'));
  });

  it('is made once for a revision, and old ones make room', async () => {
    let read = 0;
    const flow = testFlow({ hook: 'trigger' }, []);
    const flows = {
      revision: async () => {
        read += 1;
        return flow;
      },
      variables: () => ({}),
      deployed: () => 1,
    };
    const cache = createPlanCache({ flows, ...types }, 2);
    await cache.get('f', 1);
    expect(await cache.get('f', 1)).toBe(await cache.get('f', 1));
    expect(read).toBe(1);
    await cache.get('f', 2);
    await cache.get('f', 3);
    await cache.get('f', 1);
    expect(read).toBe(4);
  });

  it('gives each arrival at a node a number of its own, one for each path', async () => {
    await fc.assert(
      fc.asyncProperty(layered, async ({ nodes, edges }) => {
        const arrivals = new Map<string, Set<string>>();
        const counts = new Map<string, number>();
        const flow = testFlow(Object.fromEntries(nodes.map((id) => [id, id === 'hook' ? 'trigger' : 'pure'])), edges);
        const bench = createWorkbench(flow, {
          behaviour: ({ nodeId, key }) => {
            arrivals.set(nodeId, (arrivals.get(nodeId) ?? new Set()).add(key));
            counts.set(nodeId, (counts.get(nodeId) ?? 0) + 1);
          },
        });
        await bench.carry(bench.accept());
        const plan = planFlow(flow, types);
        for (const [nodeId, count] of counts) {
          expect(arrivals.get(nodeId)?.size).toBe(count);
          expect(plan.nodes.get(nodeId)?.paths).toBe(count);
        }
      }),
      { numRuns: 60 },
    );
  });
});
