import type { ExceptionState, Severity } from '../fold/open-issues.ts';
import type { OrderState } from '../fold/order-state.ts';
import { effectiveRules } from './effective-rules.ts';
import type { RuleSettings } from './rule-settings.ts';
import { orderRule } from './rule-table.ts';

/** An exception with the words of its rule, and with severity and owner of the settings where who raised it named none. */
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
    const rule = rules.get(exception.code) ?? orderRule(exception.code);
    return {
      ...exception,
      title: rule?.title ?? exception.code,
      text: rule?.text,
      action: rule?.action,
      severity: exception.severity ?? rule?.severity ?? 'error',
      owner: exception.owner ?? rule?.owner ?? 'integration',
    };
  });
}
