import type { AlarmChannel, AlarmTarget } from '@crossdock/api-contract';
import { ActionIcon, Button } from '@mantine/core';
import { IconAlertTriangle, IconBellPlus, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import {
  ApiError,
  useAlarmChannels,
  useConnections,
  useDeleteAlarmChannel,
  useMay,
  useTestAlarmChannel,
} from '../api/index.ts';
import { healthTexts } from '../texts/index.ts';
import {
  askToConfirm,
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  notifyDone,
  notifyError,
  Skeleton,
} from '../ui/index.ts';
import { ChannelDialog } from './ChannelDialog.tsx';
import { channelProblem } from './channel-fit.ts';
import { Deliveries } from './Deliveries.tsx';
import classes from './HealthPage.module.css';

const t = healthTexts.channels;

/** Where alarms go, each to be tried out, and below what was sent. */
export function ChannelsTab() {
  const { data, error, refetch } = useAlarmChannels();
  const mayWrite = useMay('alarms:write');
  const removeChannel = useDeleteAlarmChannel().mutateAsync;
  const { mutate: test, isPending, variables } = useTestAlarmChannel();
  const [editing, setEditing] = useState<AlarmChannel | 'new'>();
  const columns = useMemo<Column<AlarmChannel>[]>(
    () => [
      { id: 'name', header: t.name, width: 'minmax(160px, 1fr)', cell: ({ name }) => name },
      { id: 'kind', header: t.kind, width: '140px', cell: ({ target }) => t.kinds[target.kind] },
      { id: 'target', header: t.target, width: 'minmax(200px, 2fr)', cell: ({ target }) => <Target target={target} /> },
      { id: 'rules', header: t.usedBy, width: '70px', align: 'end', cell: ({ rules }) => rules },
      {
        id: 'actions',
        header: '',
        width: '200px',
        align: 'end',
        cell: (channel) =>
          mayWrite && (
            <span className={classes.actions}>
              <Button
                variant="default"
                size="compact-xs"
                loading={isPending && variables === channel.channelId}
                aria-label={t.testOf(channel.name)}
                onClick={() =>
                  test(channel.channelId, {
                    onSuccess: ({ status, error: reason }) => {
                      if (status === 'sent') notifyDone(t.tested(channel.name));
                      else notifyError(new ApiError({ status: 502, code: '', message: '', ...reason }));
                    },
                    onError: (failed) => notifyError(failed),
                  })
                }
              >
                {t.test}
              </Button>
              <ActionIcon variant="subtle" aria-label={t.edit(channel.name)} onClick={() => setEditing(channel)}>
                <IconPencil size={16} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="red"
                aria-label={t.remove(channel.name)}
                onClick={() =>
                  askToConfirm({
                    title: t.removeTitle(channel.name),
                    effect: t.removeEffect,
                    verb: t.removeVerb,
                    tone: 'red',
                    run: async () => {
                      await removeChannel(channel.channelId);
                      notifyDone(t.removed(channel.name));
                    },
                  })
                }
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            </span>
          ),
      },
    ],
    [mayWrite, removeChannel, test, isPending, variables],
  );
  const add = mayWrite && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing('new')}>
      {t.add}
    </Button>
  );
  return (
    <>
      <div className={classes.bar}>
        <span className="cd-dim">{t.hint}</span>
        {add}
      </div>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={4} />
      ) : data.length === 0 ? (
        <EmptyState icon={IconBellPlus} title={t.noneTitle} detail={t.noneDetail} />
      ) : (
        <>
          <div className={classes.upper}>
            <DataTable label={t.label} columns={columns} rows={data} rowKey={({ channelId }) => channelId} rowPx={40} />
          </div>
          <Deliveries />
        </>
      )}
      {editing && (
        <ChannelDialog channel={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />
      )}
    </>
  );
}

/** Where a channel leads, or why nothing gets there. */
function Target({ target }: { target: AlarmTarget }) {
  const connections = useConnections().data;
  const problem = connections && channelProblem(target, connections);
  if (problem === undefined) return targetText(target);
  return (
    <span className={classes.broken} title={problem}>
      <IconAlertTriangle size={16} aria-hidden /> {problem}
    </span>
  );
}

function targetText({ kind, env, connection, to = [], path = '' }: AlarmTarget): string {
  return kind === 'email' ? `${to.join(', ')} · ${connection} (${env})` : `${connection} (${env}) ${path}`.trim();
}
