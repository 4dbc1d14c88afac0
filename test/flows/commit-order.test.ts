import { readFileSync } from 'node:fs';
import { manifestsByType } from '@crossdock/connectors/manifests';
import { answerNarrowersByType, runnersByType } from '@crossdock/connectors/runners';
import { type FlowTest, parseFlow } from '@crossdock/flow-model';
import { runFlowTest } from '@crossdock/flow-tests/run';
import { eventProblems, foldOrder, type OrderEvent, type OrderState } from '@crossdock/orders';
import { describe, expect, test } from 'vitest';

const flow = parseFlow(readFileSync(new URL('../../flows/commit-order/flow.json', import.meta.url), 'utf8'));
const ORDER = 'EXT-1001';

const received: OrderEvent = {
  ...{ specversion: '1.0', id: 'received', source: '//shop', time: '2026-12-01T07:00:00Z', partitionkey: ORDER },
  datacontenttype: 'application/json',
  type: 'com.platform.order.received.v1',
  data: {
    orderKey: ORDER,
    lines: [
      { lineKey: `${ORDER}/1`, qty: { value: '5', uom: 'EA' } },
      { lineKey: `${ORDER}/2`, qty: { value: '1', uom: 'EA' } },
    ],
  },
};

/** The events of a run of one of the flow's own tests that begins at `receivedAt`. */
async function told(name: string, receivedAt: string): Promise<OrderEvent[]> {
  const one = { ...flow.tests?.find((each) => each.name === name), receivedAt } as FlowTest;
  const { got, problem } = await runFlowTest(flow, one, {
    manifests: manifestsByType,
    runners: runnersByType,
    narrowers: answerNarrowersByType,
  });
  expect(problem).toBeUndefined();
  const emitting = flow.nodes.filter(({ type }) => type === 'event.emit').map(({ id }) => id);
  return emitting.flatMap((nodeId) =>
    (got?.calls?.[nodeId] ?? []).map((call) => {
      const { key, time = receivedAt, ...event } = call as { key: string; time?: string };
      const envelope = { specversion: '1.0', datacontenttype: 'application/json', id: `${receivedAt}:${nodeId}` };
      return { ...envelope, time, partitionkey: key, ...event } as OrderEvent;
    }),
  );
}

const seen = ({ stage, lines, shipments, exceptions, holds }: OrderState) => ({
  stage,
  allocated: lines.map(({ quantities }) => quantities.allocated),
  shipments: shipments.map(({ status }) => status),
  exceptions: exceptions.filter(({ isOpen }) => isOpen).map(({ code }) => code),
  holds: holds.filter(({ isOpen }) => isOpen).map(({ code }) => code),
});

const WELL = 'checks, reserves, releases, books and bills, and says each step';
const REFUSED = 'takes the booking back when finance refuses';

describe('what commit-order tells of an order', () => {
  test('are events of the catalogue', async () => {
    for (const { name } of flow.tests ?? [])
      expect((await told(name, '2026-12-01T08:00:00.000Z')).flatMap((event) => eventProblems(event))).toEqual([]);
  });

  test('shows it allocated and booked', async () => {
    const events = [received, ...(await told(WELL, '2026-12-01T08:00:00.000Z'))];
    expect(seen(foldOrder(events))).toEqual({
      ...{ stage: 'allocated', allocated: ['5', '1'], shipments: ['open'], exceptions: [], holds: [] },
    });
  });

  test('takes all of it back when it cannot be committed, and shows it again when it can', async () => {
    const events = [received, ...(await told(REFUSED, '2026-12-01T08:00:00.000Z'))];
    expect(seen(foldOrder(events))).toEqual({
      ...{ stage: 'validated', allocated: ['0', '0'], shipments: ['voided'], holds: [] },
      exceptions: ['COMMITMENT_FAILED'],
    });
    events.push(...(await told(WELL, '2026-12-01T09:00:00.000Z')));
    expect(seen(foldOrder(events))).toMatchObject({
      ...{ stage: 'allocated', allocated: ['5', '1'], shipments: ['open'] },
    });
  });

  test('shows it held for credit', async () => {
    const name = 'ends, with nothing done, when the hold is not lifted in time';
    const events = [received, ...(await told(name, '2026-12-01T08:00:00.000Z'))];
    expect(seen(foldOrder(events))).toMatchObject({ allocated: ['0', '0'], holds: ['CREDIT'] });
  });
});
