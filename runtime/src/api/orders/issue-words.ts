import type { OpenIssue } from '@crossdock/api-contract';
import { type OrderState, orderRule } from '@crossdock/orders';

/** A few words for a hold or an exception. */
export function issueTitle({ kind, code }: Pick<OpenIssue, 'kind' | 'code'>): string {
  return kind === 'hold' ? `Hold ${code}` : (orderRule(code)?.title ?? code);
}

const WEIGHT = { critical: 0, error: 1, warning: 3 } as const;
/** A hold stops an order; a warning does not. */
const HOLD_WEIGHT = 2;

const weightOf = ({ kind, severity = 'error' }: OpenIssue): number =>
  kind === 'hold' ? HOLD_WEIGHT : WEIGHT[severity];

/** What is open of an order: the most severe first, and of the same the oldest. */
export function openIssues({ holds, exceptions }: Pick<OrderState, 'holds' | 'exceptions'>): OpenIssue[] {
  const iso = (said: string): string => new Date(said).toISOString();
  const all: OpenIssue[] = [
    ...holds
      .filter(({ isOpen }) => isOpen)
      .map(({ code, since }) => ({
        kind: 'hold' as const,
        code,
        title: issueTitle({ kind: 'hold', code }),
        since: iso(since),
      })),
    ...exceptions
      .filter(({ isOpen }) => isOpen)
      .map(({ code, since, severity, owner, assignee, dueAt }) => ({
        ...{ kind: 'exception' as const, code, title: issueTitle({ kind: 'exception', code }), since: iso(since) },
        ...(severity === undefined ? {} : { severity }),
        ...(owner === undefined ? {} : { owner }),
        ...(assignee === undefined ? {} : { assignee }),
        ...(dueAt === undefined ? {} : { dueAt: iso(dueAt) }),
      })),
  ];
  return all.sort((a, b) => weightOf(a) - weightOf(b) || Date.parse(a.since) - Date.parse(b.since));
}
