import type { OrderRow } from '@crossdock/api-contract';
import { orderTexts } from '../texts/index.ts';
import { type Column, RelativeTime } from '../ui/index.ts';
import { formatMoney } from './money.ts';
import { fractionOf, underWay } from './progress.ts';
import { PendingBadge, Severity, StepBadge } from './StepBadge.tsx';

const t = orderTexts.list.columns;

/** The list's columns; those with `from` give way first on a narrow window. */
export const ORDER_COLUMNS: Column<OrderRow>[] = [
  {
    id: 'step',
    header: t.step,
    width: '148px',
    cell: ({ step, isExceptionPending }) =>
      isExceptionPending ? <PendingBadge plain /> : <StepBadge step={step} plain />,
  },
  {
    id: 'number',
    header: t.number,
    width: 'minmax(120px, 1fr)',
    cell: ({ customerOrderNo, orderId }) => <span className="cd-mono">{customerOrderNo ?? orderId}</span>,
  },
  { id: 'partner', header: t.partner, width: 'minmax(120px, 1.2fr)', cell: ({ partner }) => partner },
  {
    id: 'progress',
    header: t.progress,
    width: 'minmax(120px, 1fr)',
    from: 800,
    cell: (row) =>
      underWay(row) ?? (row.isExceptionPending ? <span className="cd-dim">{orderTexts.steps[row.step]}</span> : null),
  },
  {
    id: 'billing',
    header: t.billing,
    width: '120px',
    from: 1100,
    cell: ({ billing }) =>
      billing.isPaid ? orderTexts.tracks.paid : billing.invoiced.state === 'none' ? null : fractionOf(billing.invoiced),
  },
  { id: 'channel', header: t.channel, width: '96px', from: 1000, cell: ({ channel }) => channel },
  {
    id: 'value',
    header: t.value,
    width: '132px',
    align: 'end',
    from: 700,
    cell: ({ value }) => (value ? <span className="cd-num">{formatMoney(value)}</span> : null),
  },
  { id: 'began', header: t.began, width: '112px', cell: ({ beganAt }) => <RelativeTime iso={beganAt} /> },
  {
    id: 'last',
    header: t.last,
    width: '112px',
    from: 900,
    cell: ({ lastEventAt }) => <RelativeTime iso={lastEventAt} />,
  },
];

/** Those of a list of what is wrong: the worst of each order, and how much more. */
export const ISSUE_COLUMNS: Column<OrderRow>[] = [
  {
    id: 'issue',
    header: t.issue,
    width: 'minmax(180px, 1.6fr)',
    cell: ({ issues: [issue, ...more] }) =>
      issue && (
        <span title={issue.code}>
          <Severity issue={issue} />{' '}
          {more.length > 0 && <span className="cd-dim">{orderTexts.list.more(more.length)}</span>}
        </span>
      ),
  },
  ...ORDER_COLUMNS.filter(({ id }) => id === 'number' || id === 'partner'),
  { id: 'step', header: t.step, width: '120px', from: 900, cell: ({ step }) => <StepBadge step={step} plain /> },
  {
    id: 'owner',
    header: t.owner,
    width: '120px',
    from: 700,
    cell: ({ issues: [issue] }) => issue?.assignee ?? issue?.owner,
  },
  {
    id: 'age',
    header: t.age,
    width: '112px',
    cell: ({ issues: [issue] }) => issue && <RelativeTime iso={issue.since} />,
  },
  {
    id: 'due',
    header: t.due,
    width: '112px',
    from: 800,
    cell: ({ issues: [issue] }) => issue?.dueAt && <RelativeTime iso={issue.dueAt} />,
  },
  ...ORDER_COLUMNS.filter(({ id }) => id === 'value'),
];

/** How a screen reader, and a test, names a row's link. */
export function orderName({ customerOrderNo, orderId, step, isExceptionPending }: OrderRow): string {
  const word = isExceptionPending ? orderTexts.exceptionPending : orderTexts.steps[step];
  return orderTexts.list.rowName(customerOrderNo ?? orderId, word);
}
