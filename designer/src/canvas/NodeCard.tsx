import { IconAlertTriangle, IconArrowBackUp, IconExclamationCircle, IconRepeat } from '@tabler/icons-react';
import { Handle, type NodeProps, Position, useUpdateNodeInternals } from '@xyflow/react';
import { memo, useEffect } from 'react';
import { canvasTexts, uiTexts } from '../texts/index.ts';
import { formatDuration } from '../ui/format.ts';
import { STATUS_LOOK } from '../ui/status.ts';
import type { NodeRun } from './canvas-types.ts';
import { NodeIcon } from './NodeIcon.tsx';
import { type CardData, type CardNode, cardHeight } from './to-react-flow.ts';

/** A node on the canvas: what it is, what it does with these settings, and how it went in the execution shown. */
export const NodeCard = memo(function NodeCard({ id, data, selected }: NodeProps<CardNode>) {
  const updateInternals = useUpdateNodeInternals();
  const handles = [...data.inHandles, '|', ...data.outHandles].join();
  // React Flow measures handles once; a new case or an error branch moves them.
  useEffect(() => {
    if (handles) updateInternals(id);
  }, [handles, id, updateInternals]);

  return (
    <div
      className="cd-node"
      data-testid={`node-${id}`}
      data-kind={data.manifest?.kind ?? 'unknown'}
      data-selected={selected || undefined}
      data-status={data.run?.status}
      data-found={data.isFound || undefined}
      data-unreached={data.unreached || undefined}
      style={{ height: cardHeight(data.outHandles.length) }}
    >
      {data.inHandles.map((handle, index) => (
        <Handle
          key={handle}
          id={handle}
          type="target"
          position={Position.Left}
          isConnectable={data.editable}
          style={{ top: `${((index + 1) * 100) / (data.inHandles.length + 1)}%` }}
          role="img"
          aria-label={canvasTexts.handle[handle] ?? handle}
        />
      ))}
      <NodeIcon icon={data.manifest?.icon ?? ''} kind={data.manifest?.kind ?? 'unknown'} />
      <div className="cd-node-text">
        <div className="cd-node-name">{data.name}</div>
        <div className="cd-node-line" title={data.line}>
          {data.line}
        </div>
      </div>
      {data.undoes.length > 0 ? <Undoes names={data.undoes} /> : null}
      <Badges data={data} />
      {data.run ? <RunFooter run={data.run} /> : null}
      {data.outHandles.map((handle, index) => (
        <OutHandle
          key={handle}
          handle={handle}
          label={data.labels[handle]}
          top={`${((index + 1) * 100) / (data.outHandles.length + 1)}%`}
          editable={data.editable}
        />
      ))}
    </div>
  );
});

function OutHandle(props: { handle: string; label: string | undefined; top: string; editable: boolean }) {
  return (
    <>
      <Handle
        id={props.handle}
        type="source"
        position={Position.Right}
        isConnectable={props.editable}
        style={{ top: props.top }}
        title={props.editable ? canvasTexts.askNext : undefined}
        data-error={props.handle === 'error' || undefined}
        role="img"
        aria-label={props.label ?? canvasTexts.handle[props.handle] ?? props.handle}
      />
      {props.label ? (
        <span className="cd-node-handle-label" style={{ top: props.top }}>
          {props.label}
        </span>
      ) : null}
    </>
  );
}

function Undoes({ names }: { names: readonly string[] }) {
  const said = canvasTexts.undoes(names);
  return (
    <span className="cd-node-badge cd-node-undoes" data-tone="amber" title={said}>
      <IconArrowBackUp size={12} stroke={1.75} aria-hidden />
      <span>{said}</span>
    </span>
  );
}

function Badges({ data }: { data: CardData }) {
  const { errors = 0, warnings = 0 } = data.problems ?? {};
  const retries = data.maxAttempts !== undefined && data.maxAttempts > 1 ? data.maxAttempts : undefined;
  if (errors + warnings === 0 && retries === undefined) return null;
  return (
    <div className="cd-node-badges">
      {retries === undefined ? null : (
        <span
          className="cd-node-badge"
          role="img"
          aria-label={canvasTexts.retries(retries)}
          title={canvasTexts.retries(retries)}
        >
          <IconRepeat size={12} stroke={1.75} />
          {retries}
        </span>
      )}
      {errors > 0 ? (
        <span
          className="cd-node-badge"
          data-tone="red"
          role="img"
          aria-label={canvasTexts.errors(errors)}
          title={canvasTexts.errors(errors)}
        >
          <IconExclamationCircle size={12} stroke={2} />
          {errors}
        </span>
      ) : warnings > 0 ? (
        <span
          className="cd-node-badge"
          data-tone="amber"
          role="img"
          aria-label={canvasTexts.warnings(warnings)}
          title={canvasTexts.warnings(warnings)}
        >
          <IconAlertTriangle size={12} stroke={2} />
          {warnings}
        </span>
      ) : null}
    </div>
  );
}

const MOST_DOTS = 6;

function RunFooter({ run }: { run: NodeRun }) {
  const { Icon, tone } = STATUS_LOOK[run.status];
  return (
    <div className="cd-node-run" data-tone={tone} data-testid="node-run">
      <Icon size={14} aria-hidden />
      <span>{uiTexts.status[run.status]}</span>
      {run.attempts > 1 ? (
        <span
          className="cd-node-dots"
          role="img"
          aria-label={canvasTexts.attempts(run.attempts)}
          title={canvasTexts.attempts(run.attempts)}
        >
          {Array.from({ length: Math.min(run.attempts, MOST_DOTS) }, (_, index) => (
            <i key={`dot-${index + 1}`} data-last={index + 1 === Math.min(run.attempts, MOST_DOTS) || undefined} />
          ))}
          {run.attempts > MOST_DOTS ? `×${run.attempts}` : null}
        </span>
      ) : null}
      <span className="cd-num">{formatDuration(run.durationMs)}</span>
    </div>
  );
}
