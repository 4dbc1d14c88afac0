import type { AlarmRule } from '@crossdock/api-contract';
import { ActionIcon, Button } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useAlarmChannels, useAlarmRules, useDeleteAlarmRule, useMay } from '../api/index.ts';
import { useFlowNames } from '../flows/use-flow-names.ts';
import { healthTexts } from '../texts/index.ts';
import { askToConfirm, type Column, DataTable, ErrorState, notifyDone, Skeleton } from '../ui/index.ts';
import classes from './HealthPage.module.css';
import { RuleDialog } from './RuleDialog.tsx';

const t = healthTexts.rules;

/** What is watched, where, and who is told. */
export function RulesTab() {
  const { data, error, refetch } = useAlarmRules();
  const { data: channels } = useAlarmChannels();
  const flowName = useFlowNames();
  const mayWrite = useMay('alarms:write');
  const removeRule = useDeleteAlarmRule().mutateAsync;
  const [editing, setEditing] = useState<AlarmRule | 'new'>();
  const columns = useMemo<Column<AlarmRule>[]>(() => {
    const names = new Map(channels?.map(({ channelId, name }) => [channelId, name]));
    const told = ({ channels: ids }: AlarmRule) => ids.flatMap((id) => names.get(id) ?? []).join(', ') || t.nobody;
    return [
      { id: 'name', header: t.name, width: 'minmax(180px, 3fr)', cell: ({ name }) => name },
      { id: 'kind', header: t.kind, width: 'minmax(196px, 2fr)', cell: ({ condition }) => t.kinds[condition.kind] },
      { id: 'scope', header: t.scope, width: 'minmax(120px, 1fr)', cell: (rule) => scopeOf(rule, flowName) },
      { id: 'severity', header: t.severity, width: '90px', cell: ({ severity }) => healthTexts.severities[severity] },
      { id: 'to', header: t.goesTo, width: 'minmax(160px, 2fr)', cell: told },
      {
        id: 'state',
        header: '',
        width: '64px',
        cell: ({ enabled, mutedUntil }) =>
          !enabled ? t.off : mutedUntil !== null && Date.parse(mutedUntil) > Date.now() ? healthTexts.alarms.muted : '',
      },
      {
        id: 'actions',
        header: '',
        width: '72px',
        align: 'end',
        cell: (rule) =>
          mayWrite && (
            <span className={classes.actions}>
              <ActionIcon variant="subtle" aria-label={t.edit(rule.name)} onClick={() => setEditing(rule)}>
                <IconPencil size={16} aria-hidden />
              </ActionIcon>
              {!rule.builtIn && (
                <ActionIcon
                  variant="subtle"
                  color="red"
                  aria-label={t.remove(rule.name)}
                  onClick={() =>
                    askToConfirm({
                      title: t.removeTitle(rule.name),
                      effect: t.removeEffect,
                      verb: t.removeVerb,
                      tone: 'red',
                      run: async () => {
                        await removeRule(rule.ruleId);
                        notifyDone(t.removed(rule.name));
                      },
                    })
                  }
                >
                  <IconTrash size={16} aria-hidden />
                </ActionIcon>
              )}
            </span>
          ),
      },
    ];
  }, [channels, flowName, mayWrite, removeRule]);
  return (
    <>
      <div className={classes.bar}>
        <span className="cd-dim">{t.hint}</span>
        {mayWrite && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing('new')}>
            {t.add}
          </Button>
        )}
      </div>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <DataTable label={t.label} columns={columns} rows={data} rowKey={({ ruleId }) => ruleId} rowPx={40} />
      ) : (
        <Skeleton rows={4} />
      )}
      {editing && <RuleDialog rule={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </>
  );
}

function scopeOf({ env, flowId, builtIn }: AlarmRule, flowName: (flowId: string) => string): string {
  if (builtIn) return t.installation;
  const flow = flowId === null ? [] : [flowName(flowId)];
  return [env ?? t.everywhere, ...flow].join(' · ');
}
