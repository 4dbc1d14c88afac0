import type { Connection, Environment } from '@crossdock/api-contract';
import { connectionTypesByName } from '@crossdock/connectors/manifests';
import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useConnectionUsage, useDeleteConnection } from '../api/index.ts';
import { connectionTexts } from '../texts/index.ts';
import { askToConfirm, notifyDone, ProblemNote, Skeleton } from '../ui/index.ts';
import { CopyConnection } from './CopyConnection.tsx';
import classes from './connections.module.css';
import { RotateCredentials } from './RotateCredentials.tsx';

const t = connectionTexts;

/** Where a connection is used, and its removal, which says what stands against it. */
export function ConnectionFoot({
  connection,
  environment,
  mayWrite,
  onDeleted,
}: {
  connection: Connection;
  environment: Environment;
  mayWrite: boolean;
  onDeleted: () => void;
}) {
  const { id, name, env, channels } = connection;
  const { data: uses, error } = useConnectionUsage(id);
  const remove = useDeleteConnection().mutateAsync;
  const active = uses?.filter(({ revision }) => revision !== null) ?? [];
  const users = [...active.map(({ flowName }) => flowName), ...channels.map((channel) => channel.name)];
  return (
    <section className={classes.foot} aria-label={t.usage}>
      <h3>{t.usage}</h3>
      {error ? (
        <ProblemNote error={error} />
      ) : !uses ? (
        <Skeleton rows={2} />
      ) : uses.length + channels.length === 0 ? (
        <p className="cd-dim">{t.usageNone}</p>
      ) : (
        <ul className={classes.uses}>
          {uses.map(({ flowId, flowName, nodeId, nodeName, revision }) => (
            <li key={`${flowId} ${nodeId}`}>
              <Link to="/flows/$flowId" params={{ flowId }} search={{ node: nodeId }} className="cd-link">
                {flowName}
              </Link>
              <span>{nodeName}</span>
              <span className="cd-dim">{revision === null ? t.usageDraft : t.usageIn(revision)}</span>
            </li>
          ))}
          {channels.map((channel) => (
            <li key={channel.channelId}>
              <Link to="/health" search={{ tab: 'channels' }} className="cd-link">
                {channel.name}
              </Link>
              <span>{t.usageChannel}</span>
            </li>
          ))}
        </ul>
      )}
      {mayWrite && users.length > 0 && (
        <p className="cd-dim">
          {t.inUse([...new Set(users)].join(', '), { flows: active.length > 0, channels: channels.length > 0 })}
        </p>
      )}
      <CopyConnection connection={connection} />
      {mayWrite && connectionTypesByName.get(connection.type)?.rotatable && (
        <RotateCredentials connection={connection} environment={environment} />
      )}
      {mayWrite && (
        <Button
          variant="subtle"
          color="red"
          leftSection={<IconTrash size={16} aria-hidden />}
          disabled={!uses || users.length > 0}
          onClick={() =>
            askToConfirm({
              title: t.deleteTitle(name, env),
              effect: t.deleteEffect(name, env),
              verb: t.delete,
              tone: 'red',
              environment,
              run: async () => {
                await remove(id);
                notifyDone(t.deleted(name, env));
                onDeleted();
              },
            })
          }
        >
          {t.delete}
        </Button>
      )}
    </section>
  );
}
