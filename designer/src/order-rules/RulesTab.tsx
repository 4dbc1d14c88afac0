import type { OrderRules } from '@crossdock/api-contract';
import { causeText, effectiveRules, type OrderRule, type RuleSettings } from '@crossdock/orders';
import { ActionIcon } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { orderRuleTexts } from '../texts/index.ts';
import { PlainTable, RelativeTime, TabPage } from '../ui/index.ts';
import classes from './OrderRulesPage.module.css';
import { RuleDialog } from './RuleDialog.tsx';
import { isWatched, RULES } from './rule-draft.ts';

const t = orderRuleTexts;

/** Every rule with its limits and for whom it is. */
export function RulesTab({ env, saved, mayWrite }: { env: string; saved: OrderRules; mayWrite: boolean }) {
  const [editing, setEditing] = useState<OrderRule>();
  const settings = saved.settings as RuleSettings;
  const edit = mayWrite ? setEditing : undefined;
  return (
    <TabPage head={<p className="cd-dim">{t.hint(env)}</p>}>
      <p className="cd-dim">
        {saved.updatedAt === null || saved.updatedBy === null ? (
          t.unchanged
        ) : (
          <>
            {t.changed(saved.updatedBy)}, <RelativeTime iso={saved.updatedAt} />
          </>
        )}
      </p>
      <RuleTable title={t.watched} hint={t.watchedHint} rules={RULES.filter(isWatched)} {...{ settings, edit }} />
      <RuleTable
        title={t.reported}
        hint={t.reportedHint}
        rules={RULES.filter((rule) => !isWatched(rule))}
        {...{ settings, edit }}
      />
      {editing && (
        <RuleDialog key={editing.code} env={env} rule={editing} saved={saved} onClose={() => setEditing(undefined)} />
      )}
    </TabPage>
  );
}

function RuleTable({
  title,
  hint,
  rules,
  settings,
  edit,
}: {
  title: string;
  hint: string;
  rules: readonly OrderRule[];
  settings: RuleSettings;
  edit: ((rule: OrderRule) => void) | undefined;
}) {
  const inForce = new Map(effectiveRules({ head: undefined }, settings).map((rule) => [rule.code, rule]));
  const isReported = rules.every((rule) => !isWatched(rule));
  const heads = [
    { text: t.rule },
    { text: isReported ? t.raisedBy : t.alarms },
    { text: t.severity },
    { text: t.owner },
    ...(isReported ? [] : [{ text: t.state }]),
    ...(edit ? [undefined] : []),
  ];
  return (
    <section>
      <h2 className={classes.title}>{title}</h2>
      <p className={`cd-dim ${classes.hint}`}>{hint}</p>
      <PlainTable label={title} heads={heads}>
        {rules.map((rule) => {
          const { causes, severity, owner } = inForce.get(rule.code) ?? rule;
          const isOn = inForce.has(rule.code);
          return (
            <tr key={rule.code} data-off={!isOn || undefined} className={classes.rule}>
              <td>
                <span className={classes.name}>{rule.title}</span>
                <code className={classes.code}>{rule.code}</code>
              </td>
              <td>{causes.map(causeText).join('; ')}</td>
              <td>{t.severities[severity]}</td>
              <td>{owner}</td>
              {!isReported && (
                <td>
                  {isOn ? t.on : t.off}
                  {settings.rules?.[rule.code] && <span className={classes.code}>{t.isChanged}</span>}
                </td>
              )}
              {edit && (
                <td>
                  <ActionIcon variant="subtle" aria-label={t.edit(rule.title)} onClick={() => edit(rule)}>
                    <IconPencil size={16} aria-hidden />
                  </ActionIcon>
                </td>
              )}
            </tr>
          );
        })}
      </PlainTable>
    </section>
  );
}
