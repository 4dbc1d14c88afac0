import { isFlowError } from '@crossdock/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Flow } from './document.ts';
import { parseFlow } from './parse-flow.ts';
import { serialiseFlow } from './serialise-flow.ts';
import { sampleFlow } from './testing/sample-flow.ts';

const keys = fc.string().filter((key) => key !== '__proto__' && key !== 'constructor');
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.string({ unit: 'binary' }),
      fc.double({ noNaN: true }),
      fc.maxSafeInteger(),
    ),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
  ),
})).value;

const flows: fc.Arbitrary<Flow> = fc
  .record({
    config: fc.dictionary(keys, json),
    payload: json,
    x: fc.double({ noNaN: true, noDefaultInfinity: true }),
    businessKeys: fc.dictionary(keys, fc.string()),
    extra: fc.dictionary(fc.constantFrom('zeta', 'alpha', 'note'), json),
  })
  .map(({ config, payload, x, businessKeys, extra }) => {
    const flow = sampleFlow();
    return {
      ...extra,
      layout: { nodes: { map: { y: 0, x }, hook: { x: 0, y: x } } },
      ...flow,
      nodes: [{ config, ...extra, type: 'transform', id: 'map' }, ...flow.nodes],
      samples: [{ payload, name: 'Any' }],
      settings: { mask: [], businessKeys },
    };
  });

const codeOf = (text: string) => {
  try {
    parseFlow(text);
    return undefined;
  } catch (error) {
    return isFlowError(error) ? error.code : error;
  }
};

describe('the file of a flow', () => {
  it('is the same, byte for byte, after export, import and export', () => {
    fc.assert(
      fc.property(flows, (flow) => {
        const text = serialiseFlow(flow);
        expect(serialiseFlow(parseFlow(text))).toBe(text);
        expect(text.endsWith('}\n')).toBe(true);
      }),
    );
  });

  it('holds what the flow holds', () => {
    expect(parseFlow(serialiseFlow(sampleFlow()))).toEqual(sampleFlow());
  });

  it('has its fields in the order of the schema, unknown ones last, and keeps the order of settings', () => {
    const flow = sampleFlow() as Flow & { note: string };
    const shuffled = {
      note: 'x',
      ...Object.fromEntries(Object.entries(flow).reverse()),
      edges: flow.edges.map((edge) => Object.fromEntries(Object.entries(edge).reverse())),
    } as unknown as Flow;
    const plain = serialiseFlow(flow);
    expect(serialiseFlow(shuffled)).toBe(plain.replace(/\n}\n$/, ',\n  "note": "x"\n}\n'));
    const config = { zeta: 1, alpha: 2 };
    expect(serialiseFlow({ ...flow, nodes: [{ config, id: 'a', type: 't' }] })).toContain(
      '"config": { "zeta": 1, "alpha": 2 }',
    );
  });

  it('breaks lines so that a small change is a small difference', () => {
    expect(
      serialiseFlow({ ...sampleFlow(), nodes: sampleFlow().nodes.slice(0, 1), samples: [], settings: { mask: ['a'] } }),
    ).toBe(
      `{
  "formatVersion": 1,
  "id": "shop-order-to-erp",
  "name": "Shop order to ERP",
  "description": "Orders of the shop become orders of the ERP.",
  "nodes": [
    {
      "id": "hook",
      "type": "webhook",
      "name": "Shop order",
      "config": { "path": "shop/orders", "method": "POST" }
    }
  ],
  "edges": [
    { "id": "e1", "source": "hook", "sourceHandle": "out", "target": "map", "targetHandle": "in" },
    { "id": "e2", "source": "map", "sourceHandle": "out", "target": "chk", "targetHandle": "in" },
    { "id": "e3", "source": "chk", "sourceHandle": "out", "target": "erp", "targetHandle": "in" }
  ],
  "settings": {
    "mask": ["a"]
  },
  "samples": [],
  "layout": {
    "nodes": {
      "hook": { "x": 0, "y": 0 },
      "map": { "x": 240, "y": 0 }
    }
  }
}
`,
    );
  });

  it('reads the numbers of a sample without loss, and those elsewhere as numbers', () => {
    const text = serialiseFlow(sampleFlow())
      .replace('"name": "#1001"', '"id": 12345678901234567890, "price": 0.12345678901234567')
      .replace('"x": 240', '"x": 123.33333333333333');
    const flow = parseFlow(text);
    expect(flow.samples?.[0]?.payload).toMatchObject({ id: '12345678901234567890', price: '0.12345678901234567' });
    expect(flow.layout?.nodes.map?.x).toBe(123.33333333333333);
    expect(serialiseFlow(flow)).toContain('"id": "12345678901234567890"');
  });

  it('reads what comes in in a test without loss, and what is expected as the engine computes it', () => {
    const test = '{"name":"t","payload":820982911946154508123,"expect":{"outputs":{"map":0.30000000000000004}}}';
    const text = JSON.stringify(sampleFlow()).replace('"samples":', `"tests":[${test}],"samples":`);
    const flow = parseFlow(text);
    expect(flow.tests).toEqual([
      { name: 't', payload: '820982911946154508123', expect: { outputs: { map: 0.1 + 0.2 } } },
    ]);
    expect(parseFlow(serialiseFlow(flow))).toEqual(flow);
  });

  it('keeps unknown fields and wrong settings for validation to report', () => {
    const flow = {
      ...sampleFlow(),
      colour: 'red',
      nodes: [{ id: 'a b', type: '?', config: {}, retry: { maxAttempts: 0 } }],
    };
    expect(parseFlow(JSON.stringify(flow))).toEqual(flow);
  });

  it.each([
    ['{', 'DATA_MALFORMED'],
    ['[]', 'FLOW_INVALID'],
    ['{"formatVersion":1}', 'FLOW_INVALID'],
    [JSON.stringify({ ...sampleFlow(), nodes: 'none' }), 'FLOW_INVALID'],
    [JSON.stringify({ ...sampleFlow(), id: '../x' }), 'FLOW_INVALID'],
    [JSON.stringify({ ...sampleFlow(), formatVersion: 99 }), 'FLOW_FORMAT_UNSUPPORTED'],
    [JSON.stringify(sampleFlow()).replace('"layout":{', '"layout":{"__proto__":1,'), 'DATA_FORBIDDEN_KEY'],
    [JSON.stringify(sampleFlow()).replace('"x":0', '"x":1e999'), 'FLOW_INVALID'],
    [`${'['.repeat(10_000)}`, 'DATA_TOO_DEEP'],
  ])('refuses %.40s with %s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it('answers any text with a flow or an error of the catalogue', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.json(),
      fc.nat(1000).map((at) => serialiseFlow(sampleFlow()).slice(0, at)),
    );
    fc.assert(fc.property(texts, (text) => void expect(codeOf(text)).toEqual(expect.any(String))));
  });
});
