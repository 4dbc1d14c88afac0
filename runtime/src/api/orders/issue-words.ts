import type { OpenIssue } from '@crossdock/api-contract';
import { describedExceptions, type OrderState, orderRule, type RuleSettings } from '@crossdock/orders';

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
export function openIssues(
  state: Pick<OrderState, 'head' | 'holds' | 'exceptions'>,
  settings: RuleSettings,
): OpenIssue[] {
  const iso = (said: string): string => new Date(said).toISOString();
  const all: OpenIssue[] = [
    ...state.holds
      .filter(({ isOpen }) => isOpen)
      .map(({ code, since }) => ({
        kind: 'hold' as const,
        code,
        title: issueTitle({ kind: 'hold', code }),
        since: iso(since),
      })),
    ...describedExceptions(state, settings)
      .filter(({ isOpen }) => isOpen)
      .map(({ code, title, since, severity, owner, assignee, dueAt }) => ({
        ...{ kind: 'exception' as const, code, title, since: iso(since), severity, owner },
        ...(assignee === undefined ? {} : { assignee }),
        ...(dueAt === undefined ? {} : { dueAt: iso(dueAt) }),
      })),
  ];
  return all.sort((a, b) => weightOf(a) - weightOf(b) || Date.parse(a.since) - Date.parse(b.since));
}
