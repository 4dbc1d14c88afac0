import type { OrderRules } from '@crossdock/api-contract';
import { RESOLVE_WITHIN, type RuleSettings, type Span } from '@crossdock/orders';
import { useState } from 'react';
import { orderRuleTexts } from '../texts/index.ts';
import { FormDialog } from '../ui/index.ts';
import { Limit } from './Limit.tsx';
import { withResolveWithin } from './settings-draft.ts';
import { problemAt, useSaveSettings } from './use-save-settings.ts';

const t = orderRuleTexts.resolve;
export const SEVERITIES = ['critical', 'error', 'warning'] as const;

/** By when exceptions of a severity should be settled. */
export function ResolveDialog({
  env,
  saved,
  severity,
  onClose,
}: {
  env: string;
  saved: OrderRules;
  severity: (typeof SEVERITIES)[number];
  onClose: () => void;
}) {
  const settings = saved.settings as RuleSettings;
  const [span, setSpan] = useState<Span | undefined>(settings.resolveWithin?.[severity]);
  const { save, isPending, error } = useSaveSettings(env, saved);
  const name = orderRuleTexts.severities[severity];
  const next = withResolveWithin(settings, severity, span);
  const problem = problemAt(next, 'resolveWithin');
  return (
    <FormDialog
      title={t.edit(name)}
      submit={orderRuleTexts.dialog.submit}
      busy={isPending}
      error={error ?? problem}
      disabled={problem !== undefined}
      onSubmit={() => void save(next, t.saved(name)).then(onClose, () => undefined)}
      onClose={onClose}
      size={520}
    >
      <p className="cd-dim">{t.hint}</p>
      <Limit label={t.within} value={span} standard={RESOLVE_WITHIN[severity]} onChange={setSpan} />
    </FormDialog>
  );
}
