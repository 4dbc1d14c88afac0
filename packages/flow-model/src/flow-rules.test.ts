import { describe, expect, it } from 'vitest';
import type { Flow, FlowEdge, FlowNode } from './document.ts';
import type { Issue } from './issue.ts';
import { newFlow } from './new-flow.ts';
import { sampleManifests } from './testing/sample-flow.ts';
import { validateFlow } from './validate-flow.ts';

const context = { manifests: sampleManifests, checkMapping: () => undefined };
const CONFIGS: Readonly<Record<string, Record<string, unknown>>> = {
  webhook: { path: 'x' },
  transform: { mapping: '$' },
  'http.request': { url: 'https://x.test' },
};

/** Nodes as `id: type`, edges as `from to` or `from:handle to`. */
function flowOf(nodes: Readonly<Record<string, string | Partial<FlowNode>>>, edges: readonly string[]): Flow {
  return {
    ...newFlow('f', 'F'),
    nodes: Object.entries(nodes).map(([id, given]) => {
      const node = typeof given === 'string' ? { type: given } : given;
      return { id, type: '', config: CONFIGS[node.type ?? ''] ?? {}, ...node };
    }),
    edges: edges.map((text, index): FlowEdge => {
      const [from = '', target = ''] = text.split(' ');
      const [source = '', sourceHandle = 'out'] = from.split(':');
      return { id: `e${index}`, source, sourceHandle, target, targetHandle: 'in' };
    }),
  };
}

const issuesOf = (flow: Flow): Issue[] => validateFlow(flow, context);
const placesOf = (flow: Flow): string[] => issuesOf(flow).map(({ code, path, nodeId }) => `${code} ${path} ${nodeId}`);

describe('a node that undoes another', () => {
  const action = (more: Partial<FlowNode> = {}): Partial<FlowNode> => ({ type: 'http.request', ...more });

  it('needs nothing that leads to it', () => {
    const flow = flowOf({ hook: 'webhook', erp: action({ compensate: 'off' }), off: action() }, ['hook erp']);
    expect(issuesOf(flow)).toEqual([]);
    expect(placesOf({ ...flow, nodes: flow.nodes.map(({ compensate: _gone, ...node }) => node) })).toEqual([
      'FLOW_UNREACHABLE /nodes/2 off',
    ]);
  });

  it('may undo several', () => {
    const nodes = {
      hook: 'webhook',
      a: action({ compensate: 'off' }),
      b: action({ compensate: 'off' }),
      off: action(),
    };
    expect(issuesOf(flowOf(nodes, ['hook a', 'a b']))).toEqual([]);
  });

  it.each<[title: string, compensate: string, edges: string[], message: RegExp]>([
    ['itself', 'erp', [], /^Node "erp" cannot be undone by "erp": that is the node itself\. Name an action/],
    ['nobody', 'gone', [], /by "gone": there is no such node/],
    ['no action', 'map', ['hook map'], /by "map": it is no action/],
    ['one that runs anyway', 'other', ['hook other'], /by "other": an edge leads to it/],
    [
      'one that is drawn to go on',
      'off',
      ['off map'],
      /by "off": an edge leads on from it, which is never taken\. Delete/,
    ],
  ])('is not %s', (_title, compensate, edges, message) => {
    const nodes = { hook: 'webhook', erp: action({ compensate }), map: 'transform', other: action(), off: action() };
    const issues = issuesOf(flowOf(nodes, ['hook erp', ...edges])).filter(({ code }) => code === 'FLOW_COMPENSATE');
    expect(issues).toMatchObject([{ severity: 'error', nodeId: 'erp', path: '/nodes/1/compensate' }]);
    expect(issues[0]?.message).toMatch(message);
  });
});

describe('what protects calls', () => {
  const fields = {
    breaker: { failures: 3 },
    rateLimit: { limit: 10, periodMs: 1000 },
    idempotency: 'none',
    onDoubt: 'skip',
  } as const;

  it('belongs to actions', () => {
    const erp = { type: 'http.request', compensate: 'off', ...fields };
    expect(issuesOf(flowOf({ hook: 'webhook', erp, off: 'http.request' }, ['hook erp']))).toEqual([]);
  });

  it.each(['transform', 'call'])('is said to be idle on a %s', (type) => {
    const issues = issuesOf(flowOf({ hook: 'webhook', node: { type, ...fields } }, ['hook node']));
    expect(issues.map(({ path }) => path)).toEqual(Object.keys(fields).map((field) => `/nodes/1/${field}`));
    expect(issues[0]?.message).toBe(`"breaker" is not used by the node type "${type}". Remove the field.`);
  });

  it('is only warned of where a doubt cannot be', () => {
    const issues = issuesOf(flowOf({ hook: 'webhook', erp: { type: 'http.request', onDoubt: 'ask' } }, ['hook erp']));
    expect(issues).toMatchObject([{ severity: 'warning', path: '/nodes/1/onDoubt', nodeId: 'erp' }]);
    expect(issues[0]?.message).toContain('set "idempotency" to "none"');
  });
});

describe('what is behind "each" of a split', () => {
  const nodes = { hook: 'webhook', sp: 'split', a: 'transform', b: 'transform', c: 'transform', in: 'split' };
  const begin = ['hook sp', 'sp:each a'];

  it.each<[title: string, edges: string[]]>([
    ['a chain and what goes on', ['a b', 'sp:done c', 'hook in']],
    ['branches that meet', ['a b', 'a c', 'b c', 'sp:done in']],
    ['another split', ['a in', 'in:each b', 'in:done c']],
    ['several first nodes', ['sp:each b', 'b c', 'a c', 'sp:done in']],
  ])('may be %s', (_title, edges) => {
    expect(issuesOf(flowOf(nodes, [...begin, ...edges])).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each<[title: string, edges: string[], places: string[]]>([
    ['"done" of the split', ['a b', 'sp:done b', 'hook c', 'hook in'], ['FLOW_SPLIT_SCOPE /edges/3 b']],
    ['a node before it', ['hook a', 'sp:done b', 'hook c', 'hook in'], ['FLOW_SPLIT_SCOPE /edges/2 a']],
    ['a node after "done"', ['sp:done b', 'b c', 'a c', 'hook in'], ['FLOW_SPLIT_SCOPE /edges/3 c']],
    [
      'outside of an inner split, once for the innermost',
      ['a in', 'in:each b', 'sp:done b', 'hook c'],
      ['FLOW_SPLIT_SCOPE /edges/4 b'],
    ],
    ['"done" of an inner split', ['a in', 'in:each b', 'in:done b', 'hook c'], ['FLOW_SPLIT_SCOPE /edges/4 b']],
  ])('is not reached from %s', (_title, edges, places) => {
    expect(placesOf(flowOf(nodes, [...begin, ...edges]))).toEqual(places);
  });

  it('is named with its split', () => {
    const flow = flowOf({ hook: 'webhook', sp: { type: 'split', name: 'Lines' }, a: 'transform' }, [
      ...begin,
      'hook a',
    ]);
    const [issue] = issuesOf(flow);
    expect(issue).toMatchObject({ edgeId: 'e2', nodeId: 'a', severity: 'error' });
    expect(issue?.message).toBe(
      'Node "a" lies behind "each" of split "Lines" and can also be reached from elsewhere. Keep the nodes behind "each" to themselves; go on from "done".',
    );
  });

  it('leads back to its split as a cycle and nothing else', () => {
    const flow = flowOf({ hook: 'webhook', sp: 'split', a: 'transform' }, [...begin, 'a sp']);
    expect(placesOf(flow)).toEqual(['FLOW_CYCLE /edges/2 sp']);
  });
});

describe('a schedule', () => {
  const messages = (config: Record<string, unknown>) =>
    issuesOf(flowOf({ at: { type: 'schedule', config } }, [])).map(({ path, message }) => `${path} ${message}`);

  it('has a cron expression and a time zone that exist', () => {
    expect(messages({ cron: '0 6 * * 1-5', timeZone: 'Europe/Berlin' })).toEqual([]);
    expect(messages({ cron: '0 25 * * *', timeZone: 'Berlin' })).toEqual([
      expect.stringMatching(/^\/nodes\/0\/config\/cron "config\.cron" has "25" as hour: 0 to 23 can stand there/),
      expect.stringMatching(/^\/nodes\/0\/config\/timeZone "config\.timeZone" must be an IANA time zone/),
    ]);
  });

  it('is not judged where it is computed, or no text', () => {
    expect(messages({ cron: '0 6 * * 1-5', timeZone: '= zone' })).toEqual([]);
    expect(messages({ cron: 5 })).toEqual([expect.stringContaining('must be text')]);
  });

  it('says in words what a pattern asks for', () => {
    expect(messages({ cron: '0 6 * * *', catchUp: 'some' })).toEqual([
      '/nodes/0/config/catchUp "config.catchUp" must be all or none. Correct the setting in the inspector.',
    ]);
  });
});

describe('a flow', () => {
  it('may have several triggers of several kinds', () => {
    const flow = flowOf(
      { hook: 'webhook', other: 'webhook', at: { type: 'schedule', config: { cron: '* * * * *' } }, a: 'transform' },
      ['hook a', 'other a', 'at a'],
    );
    expect(issuesOf(flow)).toEqual([]);
  });
});
