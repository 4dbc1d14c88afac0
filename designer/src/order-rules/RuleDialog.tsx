import type { OrderRules } from '@crossdock/api-contract';
import type { OneRuleSettings, OrderRule, RuleSettings } from '@crossdock/orders';
import { useState } from 'react';
import { orderRuleTexts } from '../texts/index.ts';
import { FormDialog } from '../ui/index.ts';
import { RuleFields } from './RuleFields.tsx';
import { withRule } from './rule-draft.ts';
import { problemAt, useSaveSettings } from './use-save-settings.ts';

const t = orderRuleTexts.dialog;

/** Changes what is set of one rule. Empty fields are as the rule comes. */
export function RuleDialog({
  env,
  rule,
  saved,
  onClose,
}: {
  env: string;
  rule: OrderRule;
  saved: OrderRules;
  onClose: () => void;
}) {
  const settings = saved.settings as RuleSettings;
  const [one, setOne] = useState<OneRuleSettings>(settings.rules?.[rule.code] ?? {});
  const { save, isPending, error } = useSaveSettings(env, saved);
  const next = withRule(settings, rule.code, one);
  const problem = problemAt(next, `rules.${rule.code}`);
  return (
    <FormDialog
      title={rule.title}
      submit={t.submit}
      busy={isPending}
      error={error ?? problem}
      disabled={problem !== undefined}
      onSubmit={() => void save(next, t.saved(rule.title)).then(onClose, () => undefined)}
      onClose={onClose}
      size={520}
    >
      <p className="cd-dim">
        {rule.text} {t.passes}: {rule.clears}
      </p>
      <RuleFields
        rule={rule}
        base={{}}
        value={one}
        calendars={Object.keys(settings.calendars ?? {})}
        onChange={setOne}
      />
    </FormDialog>
  );
}
