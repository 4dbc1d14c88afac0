import type { OrderDetail, OrderTimelineEvent } from '@crossdock/api-contract';
import { IconActivity } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { orderTexts } from '../texts/index.ts';
import { RelativeTime } from '../ui/index.ts';
import { eventDetail, eventSource, eventTitle, ownLineKeys } from './event-words.ts';
import classes from './Timeline.module.css';

const t = orderTexts.timeline;

/** Who told what, newest first; each with the execution that told it. */
export function Timeline({ order }: { order: OrderDetail }) {
  const { timeline } = order;
  const ownLines = ownLineKeys(order);
  return (
    <section className={classes.pane} aria-label={t.title}>
      <div className={classes.bar}>
        <h2>{t.title}</h2>
        <span className="cd-dim">{t.events(timeline.length)}</span>
      </div>
      <ol className={classes.list}>
        {timeline.map((event) => (
          <Entry key={event.place} event={event} ownLines={ownLines} />
        ))}
      </ol>
    </section>
  );
}

function Entry({ event, ownLines }: { event: OrderTimelineEvent; ownLines: ReadonlyMap<string, string> }) {
  const title = eventTitle(event);
  const detail = eventDetail(event, ownLines);
  return (
    <li className={classes.entry} data-ignored={event.problem !== undefined || undefined}>
      <span className={classes.head}>
        <strong>{title}</strong>
        <span className={classes.time}>
          <RelativeTime iso={event.time} />
        </span>
      </span>
      {detail && <span className={classes.detail}>{detail}</span>}
      {event.problem && <span className={classes.problem}>{t.ignored(event.problem)}</span>}
      <span className={classes.foot}>
        <span className={classes.source} title={event.source}>
          {eventSource(event)}
        </span>
        {event.executionId && (
          <Link
            to="/executions/$executionId"
            params={{ executionId: event.executionId }}
            className={`cd-link ${classes.evidence}`}
            aria-label={t.evidenceOf(title)}
            title={event.flowId}
          >
            <IconActivity size={14} aria-hidden />
            {t.evidence}
          </Link>
        )}
      </span>
      {event.data !== undefined && (
        <details className={classes.told}>
          <summary>{t.told}</summary>
          <pre>{JSON.stringify(event.data, null, 2)}</pre>
        </details>
      )}
    </li>
  );
}
