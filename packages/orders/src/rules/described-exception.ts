import type { ExceptionState, Severity } from '../fold/open-issues.ts';
import type { OrderState } from '../fold/order-state.ts';
import { calendarFor, effectiveRules, settleBy } from './effective-rules.ts';
import type { RuleSettings } from './rule-settings.ts';
import { orderRule } from './rule-table.ts';

/** An exception with the words of its rule, and with severity, owner and due time of the settings where who raised it named none. */
export interface DescribedException extends ExceptionState {
  readonly title: string;
  /** What is wrong and what to do first, as sentences; undefined for a code that flows made up. */
  readonly text?: string | undefined;
  readonly action?: string | undefined;
  readonly severity: Severity;
  readonly owner: string;
}

/** The exceptions of an order for who is to see to them. */
export function describedExceptions(
  state: Pick<OrderState, 'head' | 'exceptions'>,
  settings: RuleSettings = {},
): DescribedException[] {
  const rules = new Map(effectiveRules(state, settings).map((rule) => [rule.code, rule]));
  return state.exceptions.map((exception) => {
    const ruleOfOrder = rules.get(exception.code);
    const rule = ruleOfOrder ?? orderRule(exception.code);
    const severity = exception.severity ?? rule?.severity ?? 'error';
    const calendar = ruleOfOrder?.calendar ?? calendarFor(state, settings);
    const { raisedAt } = exception;
    return {
      ...exception,
      title: rule?.title ?? exception.code,
      text: rule?.text,
      action: rule?.action,
      severity,
      owner: exception.owner ?? rule?.owner ?? 'integration',
      dueAt:
        exception.dueAt ??
        (raisedAt === undefined
          ? undefined
          : settleBy({ raisedAt: Date.parse(raisedAt), severity }, calendar, settings)),
    };
  });
}
