import type { FlowTest } from '@crossdock/flow-model';
import { describe, expect, it } from 'vitest';
import { differences } from './differences.ts';
import { acceptOutcome, expectationOf, outcomeOf, tolerate } from './outcome.ts';

const run = {
  status: 'succeeded',
  spans: [
    { nodeId: 'hook', attempt: 1, output: { no: 1 } },
    { nodeId: 'map', attempt: 1, output: { orderNo: 1 } },
    { nodeId: 'erp', attempt: 1, config: { url: '/a' } },
    { nodeId: 'erp', attempt: 2, config: { url: '/b' }, output: { status: 201 } },
  ],
};

describe('the outcome of a run', () => {
  it('has the path, each node’s last output, and each call that was answered for', () => {
    expect(outcomeOf(run)).toEqual({
      status: 'succeeded',
      path: ['hook', 'map', 'erp', 'erp'],
      outputs: { hook: { no: 1 }, map: { orderNo: 1 }, erp: { status: 201 } },
      calls: { erp: [{ url: '/a' }, { url: '/b' }] },
    });
  });

  it('becomes an expectation without what the test gives itself', () => {
    expect(expectationOf(outcomeOf(run))).toMatchObject({ outputs: { map: { orderNo: 1 } }, calls: { erp: [{}, {}] } });
    expect(expectationOf(outcomeOf(run)).outputs).toEqual({ map: { orderNo: 1 } });
  });

  it('is accepted where the test expects something', () => {
    const test: FlowTest = { name: 't', payload: {}, expect: { status: 'failed', outputs: { map: 0, gone: 1 } } };
    const got = outcomeOf(run);
    const accepted = acceptOutcome(test, got);
    expect(accepted.expect).toEqual({ status: 'succeeded', outputs: { map: { orderNo: 1 } } });
    expect(differences(accepted.expect, got)).toEqual([]);
  });
});

it('keeps one tolerance for a place', () => {
  const test: FlowTest = { name: 't', payload: {}, expect: {}, tolerances: [{ path: 'a', as: 'type' }] };
  expect(tolerate(test, { path: 'a', as: 'anything' }).tolerances).toEqual([{ path: 'a', as: 'anything' }]);
});
