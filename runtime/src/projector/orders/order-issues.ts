import { describedExceptions, type OrderState, type RuleSettings } from '@crossdock/orders';
import type { Insertable } from 'kysely';
import { storableText, type Tables } from '../../store/index.ts';

/** Rows of the holds and exceptions of an order that are open, as the settings have them where who raised one said nothing. */
export function issueRows(
  of: { env: string; order_id: string },
  state: Pick<OrderState, 'head' | 'holds' | 'exceptions'>,
  settings: RuleSettings,
): Insertable<Tables['order_issues']>[] {
  const ofHolds = state.holds
    .filter(({ isOpen }) => isOpen)
    .map(({ id, code, since }) => ({
      ...{ ...of, kind: 'hold' as const, issue_id: storableText(id), code: storableText(code), since: new Date(since) },
      ...{ severity: null, owner: null, assignee: null, due_at: null },
    }));
  const ofExceptions = describedExceptions(state, settings)
    .filter(({ isOpen }) => isOpen)
    .map(({ id, code, since, severity, owner, assignee, dueAt }) => ({
      ...{ ...of, kind: 'exception' as const, issue_id: storableText(id), code: storableText(code), severity },
      ...{ owner: storableText(owner), assignee: textOf(assignee), since: new Date(since) },
      due_at: dueAt === undefined ? null : new Date(dueAt),
    }));
  return [...ofHolds, ...ofExceptions];
}

const textOf = (value: string | undefined): string | null => (value === undefined ? null : storableText(value));
