import type { Flow, FlowNode } from '@crossdock/flow-model';
import { describe, expect, test } from 'vitest';
import { smallFlow } from '../api-server.testing.ts';
import { deploymentFindings, type Surroundings } from './deployment-findings.ts';

const node = (id: string, type: string, config: object): FlowNode => ({ id, type, config: { ...config } });
const flowOf = (nodes: FlowNode[], settings: Flow['settings'] = {}): Flow => ({
  ...(smallFlow('checked', 'checked/in') as Flow),
  nodes: [node('hook', 'webhook', { path: 'checked/in', method: 'POST' }), ...nodes],
  settings,
});
const found = (flow: Flow, change: Partial<Surroundings> = {}) =>
  deploymentFindings(flow, {
    env: 'prod',
    unsignedHooks: 'free',
    variables: {},
    connection: () => undefined,
    refuses: () => false,
    hooks: [],
    callable: new Set(),
    ...change,
  }).map(({ issue: { code, severity, nodeId, path, message } }) => ({ code, severity, nodeId, path, message }));

describe('before a deployment', () => {
  test('each variable that is needed and not set is named, with the node and the field', () => {
    const flow = flowOf(
      [
        node('map', 'transform', {
          mapping: '{ "rate": $vars.rate, "twice": $vars.rate * 2, "note": $vars.note ?? "" }',
        }),
        node('erp', 'http.request', { url: "= $vars.erpUrl & '/orders'", headers: { 'x-shop': '= $vars.shop' } }),
        node('chk', 'validate', { schema: { const: '$vars.schema' } }),
      ],
      { dedupeKey: '$vars.prefix & id', businessKeys: { orderNo: 'name' } },
    );
    expect(found(flow, { variables: { shop: null } })).toEqual([
      expect.objectContaining({
        code: 'CONFIG_VARIABLE_MISSING',
        severity: 'error',
        nodeId: 'map',
        path: '/nodes/1/config/mapping',
      }),
      expect.objectContaining({
        nodeId: 'erp',
        path: '/nodes/2/config/url',
        message: expect.stringContaining('"erpUrl" is not set in prod'),
      }),
      expect.objectContaining({ code: 'CONFIG_VARIABLE_MISSING', nodeId: undefined, path: '/settings/dedupeKey' }),
    ]);
    expect(found(flow, { variables: { rate: 1, erpUrl: '', shop: 1, prefix: '' } })).toEqual([]);
  });

  test('a connection that is not there, or of another type, is named', () => {
    const erp = { ...node('erp', 'http.request', { url: '/orders' }), connection: 'erp' };
    expect(found(flowOf([erp]))).toEqual([
      expect.objectContaining({
        code: 'CONFIG_CONNECTION_MISSING',
        nodeId: 'erp',
        path: '/nodes/1/connection',
        message: expect.stringContaining('"erp" in prod'),
      }),
    ]);
    const typed = (type: string, unset: string[] = []) =>
      found(flowOf([erp]), { connection: (name) => (name === 'erp' ? { type, settings: {}, unset } : undefined) });
    expect(typed('smtp', ['Password'])).toEqual([expect.objectContaining({ code: 'CONFIG_CONNECTION_TYPE' })]);
    expect(typed('http')).toEqual([]);
    expect(typed('http', ['Token'])).toEqual([
      expect.objectContaining({
        ...{ code: 'CONFIG_CREDENTIALS_MISSING', severity: 'warning', nodeId: 'erp', path: '/nodes/1/connection' },
        message: expect.stringContaining('"erp" in prod has no Token'),
      }),
    ]);
  });

  test('a called flow that is not there is warned of by its name, not this one that calls itself', () => {
    const calls = [node('a', 'flow.call', { flowId: 'find-customer' }), node('b', 'flow.call', { flowId: 'checked' })];
    expect(found(flowOf(calls))).toEqual([
      expect.objectContaining({
        code: 'CONFIG_FLOW_NOT_DEPLOYED',
        severity: 'warning',
        nodeId: 'a',
        message: expect.stringContaining('"find-customer"'),
      }),
      expect.objectContaining({ nodeId: 'b' }),
    ]);
    const itself = flowOf([...calls, node('called', 'flow.called', {})]);
    expect(found(itself, { callable: new Set(['find-customer']) })).toEqual([]);
  });

  test('an address that the environment refuses is warned of, with node and host, as far as it is known', () => {
    const call = (id: string, url: string) => node(id, 'http.request', { url });
    const erp = { ...call('erp', '/orders'), name: 'Send it', connection: 'erp' };
    const flow = flowOf([
      call('fixed', 'http://10.0.0.5:8080/orders'),
      call('vars', "= $vars.erpUrl & '/orders/' & id"),
      call('part', '= "http://10.0.0." & last'),
      call('computed', '= target'),
      call('public', 'https://api.example.com/'),
      erp,
    ]);
    const issues = found(flow, {
      variables: { erpUrl: 'http://10.0.0.6' },
      connection: () => ({
        type: 'http',
        settings: { baseUrl: 'http://10.0.0.7/api', otherAddresses: ['https://up.example.com'] },
        unset: [],
      }),
      refuses: (origin) => origin.includes('//10.'),
    });
    expect(issues.map(({ code, severity, nodeId, path }) => [code, severity, nodeId, path])).toEqual([
      ['CONFIG_EGRESS_BLOCKED', 'warning', 'fixed', '/nodes/1/config/url'],
      ['CONFIG_EGRESS_BLOCKED', 'warning', 'vars', '/nodes/2/config/url'],
      ['CONFIG_EGRESS_BLOCKED', 'warning', 'erp', '/nodes/6/connection'],
    ]);
    expect(issues[0]?.message).toBe(
      'Calls to http://10.0.0.5:8080 are not allowed. The node "fixed" makes them in prod: allow the host for prod under Connections, Private hosts, or call another address.',
    );
    expect(issues[2]?.message).toContain('The node "Send it" makes them in prod by the connection "erp": allow');
  });

  test('a hook that another flow holds, and one that is unsigned, as the environment takes it', () => {
    const flow = flowOf([]);
    const hooks = [
      { path: 'checked/in', method: 'PUT', flowId: 'put' },
      { path: 'checked/in', method: 'POST', flowId: 'post' },
    ];
    expect(found(flow, { hooks, unsignedHooks: 'refused' })).toEqual([
      expect.objectContaining({
        code: 'FLOW_HOOK_TAKEN',
        severity: 'error',
        nodeId: 'hook',
        message: expect.stringContaining('flow "post" in prod'),
      }),
      expect.objectContaining({ code: 'FLOW_HOOK_UNSIGNED', severity: 'error' }),
    ]);
    expect(found(flow, { unsignedHooks: 'warned' })).toEqual([
      expect.objectContaining({
        ...{ code: 'FLOW_HOOK_UNSIGNED', severity: 'warning' },
        // There is nothing to confirm.
        message: expect.not.stringContaining('confirm'),
      }),
    ]);
  });
});
