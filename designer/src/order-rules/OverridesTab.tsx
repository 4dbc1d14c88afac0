import type { OrderRules } from '@crossdock/api-contract';
import { orderRule, type RuleSettings } from '@crossdock/orders';
import { ActionIcon, Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconFilter, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { orderRuleTexts } from '../texts/index.ts';
import { askToConfirm, EmptyState, notifyError, PlainTable, TabPage } from '../ui/index.ts';
import classes from './OrderRulesPage.module.css';
import { OverrideDialog } from './OverrideDialog.tsx';
import { type Override, withOverride, withOverridesSwapped } from './settings-draft.ts';
import { useSaveSettings } from './use-save-settings.ts';

const t = orderRuleTexts.overrides;
const ICON = { size: 16, 'aria-hidden': true } as const;

/** Other settings for the orders of a customer, a channel or a site; of several that apply the last counts. */
export function OverridesTab({ env, saved, mayWrite }: { env: string; saved: OrderRules; mayWrite: boolean }) {
  const settings = saved.settings as RuleSettings;
  const overrides = settings.overrides ?? [];
  const [editing, setEditing] = useState<number | 'new'>();
  const { save, isPending } = useSaveSettings(env, saved);
  const remove = (at: number, name: string) =>
    askToConfirm({
      title: t.removeTitle(name),
      effect: <p>{t.removeEffect(name)}</p>,
      verb: t.remove,
      tone: 'red',
      run: () => save(withOverride(settings, at, undefined), t.removed(name)),
    });
  const swap = (at: number) => void save(withOverridesSwapped(settings, at), t.moved).catch(notifyError);
  const add = mayWrite && (
    <Button ml="auto" leftSection={<IconPlus {...ICON} />} onClick={() => setEditing('new')}>
      {t.add}
    </Button>
  );
  return (
    <TabPage
      head={
        <>
          <p className="cd-dim">{t.hint}</p>
          {overrides.length > 0 && add}
        </>
      }
    >
      {overrides.length === 0 ? (
        <EmptyState icon={IconFilter} title={t.noneTitle} detail={t.noneDetail} action={add} />
      ) : (
        <PlainTable label={t.title} heads={[...t.heads.map((text) => ({ text })), ...(mayWrite ? [undefined] : [])]}>
          {overrides.map((one, at) => {
            const name = scopeWords(one.when);
            return (
              <tr key={name}>
                <td>
                  <span className={classes.name}>{name}</span>
                </td>
                <td>{one.calendar ?? t.sameCalendar}</td>
                <td>
                  {Object.keys(one.rules ?? {}).map((code) => (
                    <div key={code}>{orderRule(code)?.title ?? code}</div>
                  ))}
                </td>
                {mayWrite && (
                  <td className={classes.verbs}>
                    <ActionIcon
                      variant="subtle"
                      aria-label={t.up(name)}
                      disabled={at === 0 || isPending}
                      onClick={() => swap(at - 1)}
                    >
                      <IconArrowUp {...ICON} />
                    </ActionIcon>
                    <ActionIcon
                      variant="subtle"
                      aria-label={t.down(name)}
                      disabled={at === overrides.length - 1 || isPending}
                      onClick={() => swap(at)}
                    >
                      <IconArrowDown {...ICON} />
                    </ActionIcon>
                    <ActionIcon variant="subtle" aria-label={t.edit(name)} onClick={() => setEditing(at)}>
                      <IconPencil {...ICON} />
                    </ActionIcon>
                    <ActionIcon variant="subtle" aria-label={t.removeTitle(name)} onClick={() => remove(at, name)}>
                      <IconTrash {...ICON} />
                    </ActionIcon>
                  </td>
                )}
              </tr>
            );
          })}
        </PlainTable>
      )}
      {editing !== undefined && (
        <OverrideDialog env={env} saved={saved} at={editing} onClose={() => setEditing(undefined)} />
      )}
    </TabPage>
  );
}

function scopeWords({ customer, channel, shipFrom }: Override['when']): string {
  const parts = [
    customer && `${t.customer} ${customer}`,
    channel && `${t.channel} ${channel}`,
    shipFrom && `${t.shipFrom} ${shipFrom}`,
  ];
  return parts.filter(Boolean).join(', ');
}
