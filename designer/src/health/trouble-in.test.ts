import type { FlowHealth, Health } from '@crossdock/api-contract';
import { describe, expect, test } from 'vitest';
import { REFUSALS, troubleIn } from './trouble-in.ts';

const flow = (flowId: string, change: Partial<FlowHealth>) =>
  ({
    flowId,
    name: flowId,
    failed: 0,
    queueDepth: 0,
    oldestMs: null,
    inDoubt: 0,
    deadLetters: 0,
    ...change,
  }) as FlowHealth;
const refusal = {
  flowId: 'hooked',
  nodeId: 'hook',
  name: 'Hooked',
  count: 4,
  reasons: [{ reason: 'mismatch', count: 4 }],
};
const health = (change: object) =>
  ({
    alarms: [],
    remotes: [],
    refusals: [refusal],
    flows: [],
    bus: null,
    range: '24h',
    ...change,
  }) as unknown as Health;

describe('what needs somebody', () => {
  test('is told gravest first: refused requests after failures and doubts', () => {
    const alarm = (alarmId: string, severity: string) =>
      ({ alarmId, severity, state: 'firing', ruleName: alarmId, summary: '' }) as Health['alarms'][number];
    const items = troubleIn(
      health({
        alarms: [alarm('warned', 'warning'), alarm('woken', 'critical')],
        flows: [flow('doubtful', { inDoubt: 1 }), flow('failing', { failed: 2 })],
        remotes: [{ remote: 'host:erp', breaker: 'open' }],
      }),
    );
    expect(items.map(({ tone, key }) => `${tone} ${key}`)).toEqual([
      'red woken',
      'red b host:erp',
      'red failed failing',
      'amber warned',
      'amber doubt doubtful',
      'amber refused hooked hook',
    ]);
  });

  test('leads to where it is seen, in the same range', () => {
    const [item] = troubleIn(health({}));
    expect(item?.link).toEqual({ to: '/health', search: { range: '24h' }, hash: REFUSALS });
  });
});
