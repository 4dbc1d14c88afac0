import type { FlowRow } from '@crossdock/api-contract';
import { Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useEnvironments, useNodeTypes } from '../api/index.ts';
import { flowTexts } from '../texts/index.ts';
import { type Column, EnvironmentChip, RelativeTime } from '../ui/index.ts';
import { FlowMenu } from './FlowMenu.tsx';
import classes from './flow-columns.module.css';

const t = flowTexts.list;
const SHOWN_NODES = 3;

/** The list's columns; they need the node types' titles and the environments' colours. */
export function useFlowColumns(): Column<FlowRow>[] {
  const nodeTypes = useNodeTypes().data;
  const environments = useEnvironments().data;
  return useMemo(() => {
    const titles = new Map((nodeTypes ?? []).map(({ type, title }) => [type, title]));
    const toneOf = (env: string) => environments?.find(({ name }) => name === env)?.tone ?? 'neutral';
    return [
      {
        id: 'name',
        header: t.columns.name,
        width: 'minmax(220px, 1.6fr)',
        cell: (flow) => (
          <span className={classes.name}>
            <strong>{flow.name}</strong>
            <span>{flow.description || flow.id}</span>
          </span>
        ),
      },
      {
        id: 'nodes',
        header: t.columns.nodes,
        width: 'minmax(160px, 1.2fr)',
        from: 960,
        cell: ({ nodeTypes: types }) => <NodeTypes titles={types.map((type) => titles.get(type) ?? type)} />,
      },
      { id: 'issues', header: t.columns.issues, width: '88px', cell: ({ issues }) => <Issues count={issues} /> },
      {
        id: 'revision',
        header: t.columns.revision,
        width: '136px',
        cell: ({ latestRevision, unpublished }) =>
          latestRevision === null ? (
            <span className="cd-dim">{t.neverPublished}</span>
          ) : (
            <>
              <span className="cd-num">r{latestRevision}</span>{' '}
              {unpublished && <span className={classes.changed}>{t.unpublished}</span>}
            </>
          ),
      },
      {
        id: 'deployed',
        header: t.columns.deployed,
        width: 'minmax(120px, 1fr)',
        cell: ({ deployments }) =>
          deployments.length === 0 ? (
            <span className="cd-dim">{t.nowhere}</span>
          ) : (
            <span className={classes.chips}>
              {deployments.map(({ env, revision }) => (
                <EnvironmentChip key={env} name={env} tone={toneOf(env)}>
                  r{revision}
                </EnvironmentChip>
              ))}
            </span>
          ),
      },
      {
        id: 'edited',
        header: t.columns.edited,
        width: 'minmax(128px, 0.9fr)',
        from: 820,
        cell: ({ updatedAt, updatedBy }) => (
          <span className={classes.edited}>
            <RelativeTime iso={updatedAt} />
            <span>{updatedBy}</span>
          </span>
        ),
      },
      { id: 'actions', header: '', width: '32px', cell: (flow) => <FlowMenu flow={flow} /> },
    ];
  }, [nodeTypes, environments]);
}

function NodeTypes({ titles }: { titles: readonly string[] }) {
  const rest = titles.length - SHOWN_NODES;
  return (
    <Tooltip label={titles.join(', ')}>
      <span className={classes.nodes}>
        {titles.slice(0, SHOWN_NODES).map((title) => (
          <span key={title}>{title}</span>
        ))}
        {rest > 0 && <span>{t.moreNodes(rest)}</span>}
      </span>
    </Tooltip>
  );
}

function Issues({ count }: { count: number }) {
  return count === 0 ? (
    <span className={classes.sound}>
      <IconCircleCheck size={14} aria-hidden /> {t.noIssues}
    </span>
  ) : (
    <span className={classes.unsound}>
      <IconAlertTriangle size={14} aria-hidden /> {t.issues(count)}
    </span>
  );
}
