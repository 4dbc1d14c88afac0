import { describe, expect, it } from 'vitest';
import type { OrderEvent } from '../events/catalogue/index.ts';
import { eventProblems } from '../events/event-problems.ts';
import { foldOrder } from '../fold/fold-order.ts';
import { event, fact, line, ORDER, received } from '../testing/order-story.ts';
import { minute, saidOf } from '../testing/rule-story.ts';
import { assignException, type ByHand, commentException, releaseHold, settleException } from './by-hand.ts';
import { describedExceptions } from './described-exception.ts';

const ordered = received([line(1, '10')]);
const validated = event('order.validated', 1, { orderKey: ORDER });
const exceptionId = 'rule:SHIPPED_NOT_INVOICED';
const shipped = [ordered, validated, fact('shipped', 5, 'shp_1', '10')];
const NEXT_DAY = 24 * 60 + 5;
const code = 'SHIPPED_NOT_INVOICED';
const alarmed = [...shipped, ...saidOf(code, shipped, minute(NEXT_DAY)).open];

function eventOf(byHand: ByHand): OrderEvent {
  if ('problem' in byHand) throw new Error(byHand.problem.message);
  expect(eventProblems(byHand.event)).toEqual([]);
  return byHand.event;
}
const settle = (events: readonly OrderEvent[], count: number) =>
  eventOf(settleException(foldOrder(events), { exceptionId, by: 'Ivy', at: minute(count), reason: 'billed by hand' }));
const said = (events: readonly OrderEvent[], count: number) => {
  const { open, clear } = saidOf(code, events, minute(count));
  return { open: open.length, clear: clear.length };
};
const withSaid = (events: readonly OrderEvent[], count: number): OrderEvent[] => {
  const { open, clear } = saidOf(code, events, minute(count));
  return [...events, ...open, ...clear];
};

describe('settling by hand', () => {
  const settled = [...alarmed, settle(alarmed, NEXT_DAY + 10)];

  it('closes the exception and gives the order its stage back', () => {
    const state = foldOrder(settled);
    expect(state.headline).toBe('shipped');
    expect(state.exceptions).toMatchObject([
      { id: exceptionId, isOpen: false, settledBy: 'Ivy', reason: 'billed by hand' },
    ]);
  });

  it('stays while what made it lasts, whatever else happens', () => {
    expect(said(settled, NEXT_DAY + 11)).toEqual({ open: 0, clear: 0 });
    expect(said(settled, NEXT_DAY + 9 * 24 * 60)).toEqual({ open: 0, clear: 0 });
    const scanned = event('shipment.tracking', NEXT_DAY + 20, { shipmentKey: 'shp_1', status: 'in_transit' });
    expect(said([...settled, scanned], NEXT_DAY + 30)).toEqual({ open: 0, clear: 0 });
  });

  it('ends when that has passed, and the exception comes back with it', () => {
    const invoiced = [...settled, fact('invoiced', NEXT_DAY + 60, 'inv_1', '10')];
    const noted = withSaid(invoiced, NEXT_DAY + 61);
    expect(noted).toHaveLength(invoiced.length + 1);
    expect(foldOrder(noted).exceptions).toMatchObject([{ isOpen: false, settledBy: undefined }]);
    expect(said(noted, NEXT_DAY + 62)).toEqual({ open: 0, clear: 0 });

    const posted = event('invoice.posted', NEXT_DAY + 60, { invoiceKey: 'inv_1' });
    const reversed = event('invoice.reversed', NEXT_DAY + 70, { invoiceKey: 'inv_1', rev: 1 });
    const back = withSaid([...noted, posted, reversed], NEXT_DAY + 80);
    expect(foldOrder(back)).toMatchObject({
      headline: 'exception pending',
      exceptions: [{ isOpen: true, occurrences: 2, settledBy: undefined }],
    });
    expect(said(back, NEXT_DAY + 81)).toEqual({ open: 0, clear: 0 });
  });

  it('counts against a raise from a clock that is ahead', () => {
    const ahead = event('exception.raised', 500, { exceptionId: 'x', code: 'REFUSED' });
    const events = [ordered, ahead];
    const byHand = settleException(foldOrder(events), { exceptionId: 'x', by: 'Ivy', at: minute(10) });
    expect(foldOrder([...events, eventOf(byHand)]).exceptions).toMatchObject([{ isOpen: false, settledBy: 'Ivy' }]);
  });

  it('lets who reported an exception report it again', () => {
    const reported = (count: number) => event('exception.raised', count, { exceptionId: 'x', code: 'REFUSED' });
    const events = [ordered, reported(5)];
    const byHand = eventOf(settleException(foldOrder(events), { exceptionId: 'x', by: 'Ivy', at: minute(10) }));
    expect(foldOrder([...events, byHand, reported(20)]).exceptions).toMatchObject([{ isOpen: true, occurrences: 2 }]);
  });

  it('is the same however often it is told, and in whatever order', () => {
    expect(foldOrder([...settled.toReversed(), ...settled])).toEqual(foldOrder(settled));
  });

  it.each([
    [
      'an exception that there is not',
      alarmed,
      { exceptionId: 'y', by: 'Ivy' },
      'exceptionId is "y", which this order does not have',
      'exceptionId',
    ],
    [
      'one that is settled',
      settled,
      { exceptionId, by: 'Ivy' },
      `exceptionId is "${exceptionId}", which is settled`,
      'exceptionId',
    ],
    ['somebody without name', alarmed, { exceptionId, by: ' ' }, 'by is empty', 'by'],
    [
      'no order',
      [],
      { exceptionId, by: 'Ivy' },
      `exceptionId is "${exceptionId}", which this order does not have`,
      'exceptionId',
    ],
  ])('refuses %s', (_, events, decision, message, field) => {
    const answer = settleException(foldOrder(events), { ...decision, at: minute(NEXT_DAY + 20) });
    expect(answer).toEqual({ problem: { field, message, fix: expect.stringMatching(/\.$/) } });
  });
});

describe('what only a person settles', () => {
  it('is a source that contradicts itself: once is enough', () => {
    const one = (value: string) => fact('shipped', 5, 'shp_1', value, { reason: 'x' });
    const events = [ordered, validated, one('10'), { ...one('9'), id: one('10').id } as OrderEvent];
    const { open } = saidOf('EVENT_CONFLICT', events, minute(15));
    expect(open).toHaveLength(1);
    const raised = [...events, ...open];
    const id = (open[0]!.data as { exceptionId: string }).exceptionId;
    const byHand = eventOf(settleException(foldOrder(raised), { exceptionId: id, by: 'Ivy', at: minute(20) }));
    expect(saidOf('EVENT_CONFLICT', [...raised, byHand], minute(9999))).toMatchObject({ open: [], clear: [] });
  });
});

describe('assigning', () => {
  const assign = (events: readonly OrderEvent[], assignee: string, count: number) =>
    assignException(foldOrder(events), { exceptionId, by: 'Max', assignee, at: minute(count) });

  it('says who has it, the last one counts, and leaves it open', () => {
    const first = [...alarmed, eventOf(assign(alarmed, 'Ivy', NEXT_DAY + 10))];
    const second = [...first, eventOf(assign(first, ' Zoe ', NEXT_DAY + 11))];
    expect(foldOrder(second.toReversed()).exceptions).toMatchObject([{ assignee: 'Zoe', isOpen: true }]);
    expect(said(second, NEXT_DAY + 12)).toEqual({ open: 0, clear: 0 });
  });

  it('refuses nobody, and what is settled', () => {
    expect(assign(alarmed, ' ', NEXT_DAY + 10)).toMatchObject({
      problem: { field: 'assignee', message: 'assignee is empty' },
    });
    const settled = [...alarmed, settle(alarmed, NEXT_DAY + 10)];
    expect(assign(settled, 'Ivy', NEXT_DAY + 11)).toMatchObject({ problem: { field: 'exceptionId' } });
  });
});

describe('commenting', () => {
  const comment = (events: readonly OrderEvent[], text: string, count: number) =>
    commentException(foldOrder(events), { exceptionId, by: 'Ivy', text, at: minute(count) });

  it('keeps what was noted, in its order, and changes nothing else', () => {
    const one = [...alarmed, eventOf(comment(alarmed, ' Called finance ', NEXT_DAY + 10))];
    const two = [...one, eventOf(comment(one, 'They bill today', NEXT_DAY + 20))];
    const [exception] = foldOrder(two.toReversed()).exceptions;
    expect(exception).toMatchObject({ ...foldOrder(alarmed).exceptions[0], comments: expect.anything() });
    expect(exception?.comments.map(({ by, text }) => `${by}: ${text}`)).toEqual([
      'Ivy: Called finance',
      'Ivy: They bill today',
    ]);
    expect(said(two, NEXT_DAY + 21)).toEqual({ open: 0, clear: 0 });
  });

  it('is taken of what is settled, and refused without words or of what is not there', () => {
    const settled = [...alarmed, settle(alarmed, NEXT_DAY + 10)];
    expect(comment(settled, 'It was the price', NEXT_DAY + 11)).toHaveProperty('event');
    expect(comment(alarmed, ' ', NEXT_DAY + 11)).toMatchObject({ problem: { field: 'text' } });
    expect(comment(shipped, 'What?', NEXT_DAY + 11)).toMatchObject({ problem: { field: 'exceptionId' } });
  });
});

describe('releasing a hold', () => {
  const placed = (count: number, rev?: number) =>
    event('hold.placed', count, { holdId: 'h', code: 'CREDIT', ...(rev === undefined ? {} : { rev }) });
  const release = (events: readonly OrderEvent[], holdId = 'h', count = 10) =>
    releaseHold(foldOrder(events), { holdId, by: 'Ivy', reason: 'paid in advance', at: minute(count) });

  it('lifts it, whatever its revision and the clock of who placed it', () => {
    for (const hold of [placed(5), placed(500), placed(5, 7)]) {
      const events = [ordered, hold, eventOf(release([ordered, hold]))];
      expect(foldOrder(events)).toMatchObject({
        headline: 'received',
        holds: [{ isOpen: false, reason: 'paid in advance' }],
      });
    }
  });

  it('lasts until it is placed again', () => {
    const events = [ordered, placed(5), eventOf(release([ordered, placed(5)])), placed(20)];
    expect(foldOrder(events).isExceptionPending).toBe(true);
  });

  it('is refused of what is not there, or released', () => {
    expect(release([ordered, placed(5)], 'x')).toMatchObject({ problem: { field: 'holdId' } });
    const released = [ordered, placed(5), eventOf(release([ordered, placed(5)]))];
    expect(release(released)).toMatchObject({ problem: { message: 'holdId is "h", which is settled' } });
  });
});

describe('describedExceptions', () => {
  const reported = (more: object) =>
    foldOrder([ordered, event('exception.raised', 5, { exceptionId: 'x', code: 'UNKNOWN_SKU', ...more })]);

  it('are due by the settings where who raised them named no time', () => {
    const at = (found: ReturnType<typeof describedExceptions>) => found.map(({ dueAt }) => dueAt);
    const [raised] = reported({}).exceptions;
    const hour = new Date(Date.parse(raised!.raisedAt!) + 3_600_000).toISOString();
    expect(at(describedExceptions(reported({}), { resolveWithin: { error: { minutes: 60 } } }))).toEqual([hour]);
    expect(at(describedExceptions(reported({})))).toEqual([expect.stringMatching(/Z$/)]);
    const dueAt = '2027-01-01T00:00:00Z';
    expect(at(describedExceptions(reported({ dueAt })))).toEqual([dueAt]);
  });

  it('take words, severity and owner of the rule where who raised them named none', () => {
    const settings = { rules: { UNKNOWN_SKU: { owner: 'master data' } } };
    expect(describedExceptions(reported({}))).toMatchObject([
      { title: 'Unknown item', severity: 'error', owner: 'sales ops' },
    ]);
    expect(describedExceptions(reported({}), settings)).toMatchObject([{ owner: 'master data' }]);
    expect(describedExceptions(reported({ owner: 'Ivy', severity: 'warning' }), settings)).toMatchObject([
      { owner: 'Ivy', severity: 'warning' },
    ]);
  });

  it('know what to do with a code that somebody made up', () => {
    const [one] = describedExceptions(reported({ code: 'COFFEE_COLD' }));
    expect(one).toMatchObject({ title: 'COFFEE_COLD', severity: 'error', owner: 'integration', text: undefined });
  });
});
