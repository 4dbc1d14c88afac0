import { defineEvent } from '../define-event.ts';
import { maybe, moment, oneOf, record, statement, text } from '../schema-parts.ts';

export const HOLD_CODES = ['CREDIT', 'FRAUD', 'PRICE', 'ADDRESS', 'COMPLIANCE', 'MANUAL'] as const;

const hold = {
  holdId: text('Names the hold among those of the order.'),
  code: oneOf(HOLD_CODES),
  reason: maybe(text()),
  ...statement,
} as const;

export const holdPlaced = defineEvent({
  name: 'hold.placed',
  group: 'Control',
  summary: 'The order may not go on until the hold is released.',
  data: record(hold),
  example: { holdId: 'credit', code: 'CREDIT', reason: 'Limit passed by 1,200 EUR', reportedBy: 'finance' },
});

export const holdReleased = defineEvent({
  name: 'hold.released',
  group: 'Control',
  summary: 'A hold was lifted.',
  data: record({ ...hold, by: maybe(text('Who lifted it by hand.')) }),
  example: { holdId: 'credit', code: 'CREDIT', rev: 1, reportedBy: 'finance' },
});

const exception = {
  exceptionId: text('Names the exception among those of the order.'),
  code: text('Code of the rule, such as SHIPPED_NOT_INVOICED.', 100),
  lineKey: maybe(text()),
  ...statement,
} as const;

export const exceptionRaised = defineEvent({
  name: 'exception.raised',
  group: 'Control',
  summary: 'Something about the order needs a person.',
  data: record({
    ...exception,
    severity: maybe(oneOf(['warning', 'error', 'critical'])),
    owner: maybe(text()),
    dueAt: maybe(moment()),
    reason: maybe(text()),
  }),
  example: { exceptionId: 'UNKNOWN_SKU:1', code: 'UNKNOWN_SKU', severity: 'error', reason: 'SKU 8841 is not known' },
});

export const exceptionCleared = defineEvent({
  name: 'exception.cleared',
  group: 'Control',
  summary: 'An exception is settled.',
  data: record({ ...exception, by: maybe(text()), reason: maybe(text()) }),
  example: { exceptionId: 'UNKNOWN_SKU:1', code: 'UNKNOWN_SKU', rev: 1, by: 'Ivy' },
});

export const exceptionAssigned = defineEvent({
  name: 'exception.assigned',
  group: 'Control',
  summary: 'Somebody took charge of an exception.',
  data: record({ ...exception, assignee: text(), by: maybe(text('Who gave it to them.')) }),
  example: { exceptionId: 'UNKNOWN_SKU:1', code: 'UNKNOWN_SKU', assignee: 'Ivy' },
});

export const exceptionCommented = defineEvent({
  name: 'exception.commented',
  group: 'Control',
  summary: 'Somebody noted something about an exception.',
  data: record({ ...exception, by: text(), text: text('What they noted.', 2000) }),
  example: { exceptionId: 'UNKNOWN_SKU:1', code: 'UNKNOWN_SKU', by: 'Ivy', text: 'Asked the customer for the item' },
});
