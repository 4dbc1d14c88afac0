import type { OrderRules } from '@crossdock/api-contract';
import { durationText } from '@crossdock/flow-model';
import {
  type BusinessCalendar,
  DEFAULT_CALENDAR,
  RESOLVE_WITHIN,
  type RuleSettings,
  type Span,
} from '@crossdock/orders';
import { ActionIcon, Button } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { orderRuleTexts } from '../texts/index.ts';
import { askToConfirm, PlainTable, TabPage } from '../ui/index.ts';
import { CalendarDialog } from './CalendarDialog.tsx';
import { weekInRuns } from './calendar-draft.ts';
import { msOf } from './Limit.tsx';
import classes from './OrderRulesPage.module.css';
import { ResolveDialog, SEVERITIES } from './ResolveDialog.tsx';
import { usesOf, withoutCalendar } from './settings-draft.ts';
import { useSaveSettings } from './use-save-settings.ts';

const t = orderRuleTexts.calendars;
const resolveTexts = orderRuleTexts.resolve;
const ICON = { size: 16, 'aria-hidden': true } as const;

type Editing = { readonly calendar: string | undefined } | { readonly severity: (typeof SEVERITIES)[number] };

/** When sites work, and by when exceptions should be settled. */
export function TimesTab({ env, saved, mayWrite }: { env: string; saved: OrderRules; mayWrite: boolean }) {
  const settings = saved.settings as RuleSettings;
  const [editing, setEditing] = useState<Editing>();
  const { save } = useSaveSettings(env, saved);
  const close = () => setEditing(undefined);
  const calendars = Object.entries(settings.calendars ?? {});
  const remove = (name: string) =>
    askToConfirm({
      title: t.removeTitle(name),
      effect: <p>{t.removeEffect(usesOf(settings, name), settings.calendar === name)}</p>,
      verb: t.remove,
      tone: 'red',
      run: () => save(withoutCalendar(settings, name), t.removed(name)),
    });
  return (
    <TabPage
      head={
        <>
          <p className="cd-dim">{t.hint}</p>
          {mayWrite && (
            <Button ml="auto" leftSection={<IconPlus {...ICON} />} onClick={() => setEditing({ calendar: undefined })}>
              {t.add}
            </Button>
          )}
        </>
      }
    >
      <section>
        <h2 className={classes.title}>{t.title}</h2>
        <PlainTable label={t.title} heads={[...t.heads.map((text) => ({ text })), ...(mayWrite ? [undefined] : [])]}>
          {calendars.map(([name, calendar]) => (
            <CalendarRow key={name} name={name} calendar={calendar} isDefault={settings.calendar === name}>
              {mayWrite && (
                <td className={classes.verbs}>
                  <ActionIcon variant="subtle" aria-label={t.edit(name)} onClick={() => setEditing({ calendar: name })}>
                    <IconPencil {...ICON} />
                  </ActionIcon>
                  <ActionIcon variant="subtle" aria-label={t.removeTitle(name)} onClick={() => remove(name)}>
                    <IconTrash {...ICON} />
                  </ActionIcon>
                </td>
              )}
            </CalendarRow>
          ))}
          <CalendarRow name={t.standard} calendar={DEFAULT_CALENDAR} isDefault={settings.calendar === undefined}>
            {mayWrite && <td />}
          </CalendarRow>
        </PlainTable>
      </section>
      <section>
        <h2 className={classes.title}>{resolveTexts.title}</h2>
        <p className={`cd-dim ${classes.hint}`}>{resolveTexts.hint}</p>
        <PlainTable
          label={resolveTexts.title}
          heads={[{ text: orderRuleTexts.severity }, { text: resolveTexts.within }, ...(mayWrite ? [undefined] : [])]}
        >
          {SEVERITIES.map((severity) => {
            const own = settings.resolveWithin?.[severity];
            return (
              <tr key={severity}>
                <td>{orderRuleTexts.severities[severity]}</td>
                <td>
                  {spanWords(own ?? RESOLVE_WITHIN[severity])}
                  {own && <span className={classes.code}>{orderRuleTexts.isChanged}</span>}
                </td>
                {mayWrite && (
                  <td className={classes.verbs}>
                    <ActionIcon
                      variant="subtle"
                      aria-label={resolveTexts.edit(orderRuleTexts.severities[severity])}
                      onClick={() => setEditing({ severity })}
                    >
                      <IconPencil {...ICON} />
                    </ActionIcon>
                  </td>
                )}
              </tr>
            );
          })}
        </PlainTable>
      </section>
      {editing && 'calendar' in editing && (
        <CalendarDialog env={env} saved={saved} name={editing.calendar} onClose={close} />
      )}
      {editing && 'severity' in editing && (
        <ResolveDialog env={env} saved={saved} severity={editing.severity} onClose={close} />
      )}
    </TabPage>
  );
}

function CalendarRow({
  name,
  calendar: { timeZone, week, holidays = [], cutOff },
  isDefault,
  children,
}: {
  name: string;
  calendar: BusinessCalendar;
  isDefault: boolean;
  children: React.ReactNode;
}) {
  return (
    <tr>
      <td>
        <span className={classes.name}>{name}</span>
        {isDefault && <span className={classes.code}>{t.counts}</span>}
      </td>
      <td>{timeZone}</td>
      <td>
        {weekInRuns(week).map(({ first, last, hours }) => (
          <div key={first}>
            {first === last ? t.weekdays[first] : `${t.weekdays[first]} – ${t.weekdays[last]}`}: {hours}
          </div>
        ))}
      </td>
      <td title={holidays.join(', ')}>{t.days(holidays.length)}</td>
      <td>{cutOff ?? t.none}</td>
      {children}
    </tr>
  );
}

function spanWords(span: Span): string {
  const length = durationText(msOf(span) ?? 0);
  const { counting = 'clock' } = span;
  return counting === 'clock' ? length : `${length} ${orderRuleTexts.spanOf[counting]}`;
}
