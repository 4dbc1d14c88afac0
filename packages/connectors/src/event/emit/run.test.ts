import { type NodeCase, runCase } from '@crossdock/connector-sdk/testing';
import { eventProblems } from '@crossdock/orders';
import { describe, expect, test } from 'vitest';
import cases from './cases.json' with { type: 'json' };
import { eventEmit } from './manifest.ts';
import { runEventEmit } from './run.ts';

describe('event.emit', () => {
  test.each(cases as NodeCase[])('$title', async (one) => {
    expect(await runCase(eventEmit, runEventEmit, one)).toMatchObject(one.expect);
  });

  test.each(eventEmit.examples)('shows an event of the catalogue: $title', async ({ config }) => {
    const input = { orderNo: 'ord_01JD8', trackingNo: '1Z999', shippedAt: '2026-11-23T10:30:00Z' };
    const { events } = await runCase(eventEmit, runEventEmit, { title: '', config, input, expect: {} } as NodeCase);
    expect(events?.map((one) => eventProblems((one as { event?: unknown }).event))).toEqual([[]]);
  });
});
