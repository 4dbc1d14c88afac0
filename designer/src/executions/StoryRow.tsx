import { IconArrowBackUp } from '@tabler/icons-react';
import { executionTexts, uiTexts } from '../texts/index.ts';
import { formatClock, formatDuration, STATUS_LOOK } from '../ui/index.ts';
import classes from './StoryPane.module.css';
import type { StoryStep } from './story.ts';
import type { Gap } from './waterfall.ts';

const t = executionTexts.story;
const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

/** One attempt: what ran, how it ended, how long it took, where it lies in time, and why there is one more. */
export function StoryRow({
  step: { span, again, offsetMs, followed, turns },
  name,
  typeTitle,
  undone,
  bar,
  gaps,
  selected,
  onSelect,
}: {
  step: StoryStep;
  name: string;
  /** What its node type is called. */
  typeTitle: string;
  /** Name of the node whose effect this step undoes. */
  undone: string | undefined;
  bar: { left: number; width: number };
  gaps: readonly Gap[];
  selected: boolean;
  onSelect: () => void;
}) {
  const { tone, Icon } = STATUS_LOOK[span.status];
  return (
    <li>
      {turns && (
        <p className={classes.turn}>
          <IconArrowBackUp size={14} aria-hidden /> {t.undoing}
        </p>
      )}
      {again && (
        <p className={classes.again}>
          {again.decided
            ? t.decided(formatDuration(again.afterMs))
            : again.error
              ? t.again(formatDuration(again.afterMs), again.error.message)
              : t.againPlain(formatDuration(again.afterMs))}
        </p>
      )}
      {span.held && <p className={classes.again}>{t.held[span.held.by](formatDuration(span.held.ms))}</p>}
      <button
        type="button"
        className={classes.row}
        data-tone={tone}
        aria-current={selected}
        onClick={onSelect}
        title={`${span.nodeId} · ${formatClock(span.startedAt)} · +${formatDuration(offsetMs)}`}
      >
        <span className={classes.icon}>
          <Icon size={16} aria-hidden />
        </span>
        <span className={classes.name}>
          {name} {span.item && <span className={classes.attempt}>{t.item(span.item.index + 1, span.item.count)} </span>}
          {span.attempt > 1 ? (
            <span className={classes.attempt}>{t.attempt(span.attempt)}</span>
          ) : (
            <span className={classes.type}>{typeTitle}</span>
          )}
          <span className={classes.hidden}>{uiTexts.status[span.status]}</span>
        </span>
        <span className={classes.duration}>{formatDuration(span.durationMs)}</span>
        <span className={classes.track} aria-hidden>
          {gaps.map((gap) => (
            <span
              key={gap.fromMs}
              className={classes.gap}
              style={{ left: percent(gap.at), width: percent(gap.width) }}
              title={t.gap(formatDuration(gap.toMs - gap.fromMs))}
            />
          ))}
          <span className={classes.fill} style={{ left: percent(bar.left), width: percent(bar.width) }} />
        </span>
        {undone && !span.error && <span className={classes.note}>{t.undoes(undone)}</span>}
        {span.decidedBy !== undefined && (
          <span className={classes.note}>{t.decidedBy(span.decidedBy, span.status === 'succeeded')}</span>
        )}
        {span.error && !followed && <span className={classes.error}>{span.error.message}</span>}
      </button>
    </li>
  );
}
