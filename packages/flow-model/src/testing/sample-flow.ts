import type { Flow } from '../document.ts';
import type { NodeManifest } from '../manifest.ts';

const base = {
  typeVersion: 1,
  status: 'stable',
  connector: 'core',
  summary: '',
  icon: 'box',
  effect: 'none',
  line: '',
  examples: [],
} as const;

const webhook: NodeManifest = {
  ...base,
  type: 'webhook',
  kind: 'trigger',
  title: 'Webhook',
  line: '{method} /{path}',
  handles: { in: [], out: ['out'] },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['path'],
    properties: {
      path: { type: 'string', minLength: 1 },
      method: { type: 'string', enum: ['POST', 'PUT'], default: 'POST' },
      response: {
        oneOf: [
          {
            type: 'object',
            additionalProperties: false,
            required: ['mode'],
            properties: { mode: { const: 'accept' } },
          },
          {
            type: 'object',
            additionalProperties: false,
            required: ['mode', 'timeoutMs'],
            properties: { mode: { const: 'respond' }, timeoutMs: { type: 'integer', minimum: 1 } },
          },
        ],
      },
    },
  },
};

const transform: NodeManifest = {
  ...base,
  type: 'transform',
  kind: 'transform',
  title: 'Transform',
  handles: { in: ['in'], out: ['out', 'error'] },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['mapping'],
    properties: { mapping: { type: 'string', 'x-mapping': true } },
  },
};

const validate: NodeManifest = {
  ...base,
  type: 'validate',
  kind: 'transform',
  title: 'Validate',
  handles: { in: ['in'], out: ['out', 'error'] },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['schema'],
    properties: { schema: { type: ['object', 'boolean'], 'x-json-schema': true } },
  },
};

const switchNode: NodeManifest = {
  ...base,
  type: 'switch',
  kind: 'control',
  title: 'Switch',
  line: '{cases} cases',
  handles: { in: ['in'], out: ['otherwise'], outPerItemOf: 'cases' },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['cases'],
    properties: {
      cases: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['id', 'condition'],
          properties: { id: { type: 'string', minLength: 1 }, condition: { type: 'string', 'x-mapping': true } },
        },
      },
    },
  },
};

const httpRequest: NodeManifest = {
  ...base,
  type: 'http.request',
  kind: 'action',
  title: 'HTTP request',
  line: '{method} {url}',
  effect: 'keyed',
  handles: { in: ['in'], out: ['out', 'error'] },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['url'],
    properties: {
      method: { type: 'string', enum: ['GET', 'POST'], default: 'GET', 'x-expression': true },
      url: { type: 'string', minLength: 1, 'x-expression': true },
      headers: { type: 'object', additionalProperties: { type: 'string', 'x-expression': true } },
      body: { 'x-expression': true },
      maxBytes: { type: 'integer', minimum: 1, 'x-expression': true },
    },
  },
};

const split: NodeManifest = {
  ...base,
  type: 'split',
  kind: 'control',
  title: 'Split',
  control: 'split',
  handles: { in: ['in'], out: ['each', 'done'] },
  config: { type: 'object', additionalProperties: false, properties: {} },
};

const call: NodeManifest = {
  ...base,
  type: 'call',
  kind: 'action',
  title: 'Call',
  control: 'call',
  effect: 'keyed',
  handles: { in: ['in'], out: ['out'] },
  config: { type: 'object', additionalProperties: false, properties: {} },
};

const schedule: NodeManifest = {
  ...base,
  type: 'schedule',
  kind: 'trigger',
  title: 'Schedule',
  line: '{cron}, at most {lateMs} late | {cron} | Never',
  handles: { in: [], out: ['out'] },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['cron'],
    properties: {
      cron: { type: 'string', 'x-format': 'cron' },
      timeZone: { type: 'string', 'x-format': 'time-zone', 'x-expression': true },
      catchUp: { type: 'string', pattern: '^(all|none)$', 'x-pattern-reason': 'must be all or none' },
      lateMs: { type: 'integer', 'x-when': { field: 'catchUp', is: ['all'] } },
    },
  },
};

/** Small manifests with every feature that the rules of a flow know. */
export const sampleManifests: ReadonlyMap<string, NodeManifest> = new Map(
  [webhook, schedule, transform, validate, switchNode, split, httpRequest, call].map((manifest) => [
    manifest.type,
    manifest,
  ]),
);

/** The example of the flow document's description: webhook, transform, validate, HTTP request. */
export function sampleFlow(): Flow {
  return {
    formatVersion: 1,
    id: 'shop-order-to-erp',
    name: 'Shop order to ERP',
    description: 'Orders of the shop become orders of the ERP.',
    nodes: [
      { id: 'hook', type: 'webhook', name: 'Shop order', config: { path: 'shop/orders', method: 'POST' } },
      {
        id: 'map',
        type: 'transform',
        config: { mapping: "{ 'orderNo': name, 'lines': [line_items.{ 'sku': sku, 'qty': quantity }] }" },
      },
      { id: 'chk', type: 'validate', config: { schema: { type: 'object', required: ['orderNo'] } } },
      {
        id: 'erp',
        type: 'http.request',
        config: { method: 'POST', url: "= $vars.erpUrl & '/orders'", body: '= $' },
        retry: { maxAttempts: 6, initialDelayMs: 500, factor: 2, maxDelayMs: 3600000, jitter: 0.2 },
        timeoutMs: 10000,
        onError: 'stop',
      },
    ],
    edges: [
      { id: 'e1', source: 'hook', sourceHandle: 'out', target: 'map', targetHandle: 'in' },
      { id: 'e2', source: 'map', sourceHandle: 'out', target: 'chk', targetHandle: 'in' },
      { id: 'e3', source: 'chk', sourceHandle: 'out', target: 'erp', targetHandle: 'in' },
    ],
    settings: {
      businessKeys: { orderNo: 'name', customerPo: 'po_number' },
      dedupeKey: '$string(id)',
      orderingKey: 'name',
      concurrency: 64,
      timeoutMs: 86400000,
      mask: ['customer.email', '**.phone'],
    },
    samples: [{ name: 'Two lines', payload: { name: '#1001', line_items: [{ sku: 'A', quantity: 2 }] } }],
    layout: { nodes: { hook: { x: 0, y: 0 }, map: { x: 240, y: 0 } } },
  };
}
