import type { ExecutionDetail } from '@crossdock/api-contract';
import { useHotkeys } from '@mantine/hooks';
import { useEffect, useMemo, useRef } from 'react';
import { isUnfinished, useNodeTypes } from '../api/index.ts';
import { executionTexts } from '../texts/index.ts';
import { formatClock, formatDuration, Kbd, RelativeTime, StatusBadge, useNow } from '../ui/index.ts';
import { ExecutionLink } from './Family.tsx';
import classes from './StoryPane.module.css';
import { StoryRow } from './StoryRow.tsx';
import { type StoryStep, shownStatus } from './story.ts';
import { waterfallScale } from './waterfall.ts';

const t = executionTexts.story;

/** The story from top to bottom, each attempt with its bar in the waterfall. `j` and `k` go through it. */
export function StoryPane({
  execution,
  steps,
  nodeName,
  selectedId,
  onSelect,
}: {
  execution: ExecutionDetail;
  steps: readonly StoryStep[];
  nodeName: (nodeId: string) => string;
  selectedId: string | undefined;
  onSelect: (spanId: string) => void;
}) {
  const list = useRef<HTMLOListElement>(null);
  const nodeTypes = useNodeTypes().data;
  const titleOf = (nodeType: string) => nodeTypes?.find(({ type }) => type === nodeType)?.title ?? nodeType;
  const scale = useMemo(
    () => waterfallScale(steps.map(({ span, offsetMs }) => ({ offsetMs, durationMs: span.durationMs }))),
    [steps],
  );
  const at = steps.findIndex(({ span }) => span.spanId === selectedId);
  const move = (by: number) => {
    const next = steps[Math.max(0, Math.min(steps.length - 1, at + by))];
    if (next) onSelect(next.span.spanId);
  };
  useHotkeys([
    ['j', () => move(1)],
    ['k', () => move(-1)],
  ]);
  useEffect(() => {
    if (selectedId !== undefined)
      list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [selectedId]);

  return (
    <section className={classes.pane} aria-label={t.label}>
      <div className={classes.bar}>
        <strong>{t.title}</strong>
        <span className={classes.keys}>
          <Kbd keys={['j', 'k']} /> {t.keys}
        </span>
      </div>
      <ol className={classes.list} ref={list}>
        <li className={classes.mark}>
          <span className={classes.dot} aria-hidden />
          {t.accepted} <time dateTime={execution.startedAt}>{formatClock(execution.startedAt)}</time>
        </li>
        {steps.map((step) => (
          <StoryRow
            key={step.span.spanId}
            step={step}
            name={nodeName(step.span.nodeId)}
            typeTitle={titleOf(step.span.nodeType)}
            undone={step.span.undoes === undefined ? undefined : nodeName(step.span.undoes)}
            bar={scale.place({ offsetMs: step.offsetMs, durationMs: step.span.durationMs })}
            gaps={scale.gaps}
            selected={step.span.spanId === selectedId}
            onSelect={() => onSelect(step.span.spanId)}
          />
        ))}
        {steps.length === 0 && (
          <li className={classes.mark}>
            {execution.queuedBehind === undefined ? (
              t.empty
            ) : (
              <span>
                {t.queued} <ExecutionLink id={execution.queuedBehind} />
              </span>
            )}
          </li>
        )}
        <End execution={execution} steps={steps} />
      </ol>
    </section>
  );
}

function End({ execution, steps }: { execution: ExecutionDetail; steps: readonly StoryStep[] }) {
  const last = steps.findLast(({ span }) => span.status === 'waiting')?.span;
  // Held up by a paused system or a rate, it is not due when its last attempt said.
  const isHeld = execution.waitsFor?.some(({ nodeId, kind }) => nodeId === last?.nodeId && kind !== 'retry');
  const waitsFor = execution.status === 'waiting' && !isHeld ? last?.retryAt : undefined;
  return (
    <li className={classes.mark}>
      <StatusBadge status={shownStatus(execution)} plain />
      {execution.durationMs !== null && <span>{t.after(formatDuration(execution.durationMs))}</span>}
      {waitsFor && <NextAttempt at={waitsFor} />}
      {isUnfinished(execution.status) && !waitsFor && <RelativeTime iso={execution.startedAt} />}
    </li>
  );
}

function NextAttempt({ at }: { at: string }) {
  const now = useNow();
  const left = Date.parse(at) - now;
  return (
    <span className="cd-num">
      {left > 0 ? t.next(`${formatClock(at)} (${formatDuration(Math.ceil(left / 1000) * 1000)})`) : t.due}
    </span>
  );
}
