import type { Connection } from '@crossdock/api-contract';
import { Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconCircleX, type IconProps } from '@tabler/icons-react';
import type { FunctionComponent } from 'react';
import { connectionTexts } from '../texts/index.ts';
import { type Column, RelativeTime } from '../ui/index.ts';
import classes from './connections.module.css';
import { lacksCredential } from './lacks-credential.ts';
import { titleOf } from './title-of.ts';

const t = connectionTexts;

export const connectionColumns: readonly Column<Connection>[] = [
  { id: 'name', header: t.name, width: 'minmax(140px, 1fr)', cell: ({ name }) => <strong>{name}</strong> },
  { id: 'type', header: t.type, width: 'minmax(120px, 180px)', cell: ({ type }) => titleOf(type) },
  {
    id: 'hosts',
    header: t.hosts,
    width: 'minmax(160px, 2fr)',
    cell: ({ hosts }) => (
      <span className={classes.hosts} title={hosts.join(', ')}>
        {hosts.join(', ')}
      </span>
    ),
  },
  { id: 'state', header: t.state, width: '180px', cell: (connection) => <ConnectionState connection={connection} /> },
  {
    id: 'uses',
    header: t.usedBy,
    width: '120px',
    align: 'end',
    cell: ({ usedBy, channels }) => t.uses(usedBy, channels.length),
  },
  {
    id: 'expires',
    header: t.expires,
    width: '120px',
    from: 900,
    cell: ({ expiresAt }) =>
      expiresAt === null ? (
        ''
      ) : Date.parse(expiresAt) < Date.now() ? (
        <span className={classes.bad}>{t.expired}</span>
      ) : (
        <RelativeTime iso={expiresAt} />
      ),
  },
  {
    id: 'changed',
    header: t.changed,
    width: '140px',
    from: 1040,
    cell: ({ updatedAt, updatedBy }) => (
      <Tooltip label={t.by(updatedBy)}>
        <span>
          <RelativeTime iso={updatedAt} />
        </span>
      </Tooltip>
    ),
  },
];

/** Whether it works, as far as is known: icon and word. */
export function ConnectionState({ connection }: { connection: Connection }) {
  const { lastCheck } = connection;
  if (lacksCredential(connection)) return <State Icon={IconAlertTriangle} word={t.incomplete} tone={classes.warn} />;
  if (!lastCheck) return <State Icon={IconCircleDashed} word={t.neverChecked} tone={classes.dim} />;
  return (
    <Tooltip label={lastCheck.message} multiline maw={360}>
      <span className={classes.state}>
        {lastCheck.ok ? (
          <State Icon={IconCircleCheck} word={t.works} tone={classes.good} />
        ) : (
          <State Icon={IconCircleX} word={t.fails} tone={classes.bad} />
        )}
        <span className="cd-dim">
          <RelativeTime iso={lastCheck.at} />
        </span>
      </span>
    </Tooltip>
  );
}

function State({ Icon, word, tone }: { Icon: FunctionComponent<IconProps>; word: string; tone: string | undefined }) {
  return (
    <span className={`${classes.state} ${tone ?? ''}`}>
      <Icon size={16} stroke={1.6} aria-hidden />
      {word}
    </span>
  );
}
