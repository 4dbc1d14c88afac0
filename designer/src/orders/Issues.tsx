import type { OrderDetail } from '@crossdock/api-contract';
import { IconAlertTriangle, IconHandStop, IconInfoCircle } from '@tabler/icons-react';
import { orderTexts } from '../texts/index.ts';
import { RelativeTime } from '../ui/index.ts';
import { lineName } from './event-words.ts';
import classes from './OrderPage.module.css';

const t = orderTexts.issues;

/** What needs someone: open holds and exceptions, then what does not add up. Nothing where all is well. */
export function Issues({ order: { holds, exceptions, conditions } }: { order: OrderDetail }) {
  const open = [
    ...holds.map((hold) => ({ ...hold, title: t.hold(hold.code), Icon: IconHandStop })),
    ...exceptions.map((issue) => ({ ...issue, title: issue.code, Icon: IconAlertTriangle })),
  ].filter(({ isOpen }) => isOpen);
  if (open.length + conditions.length === 0) return null;
  return (
    <section className={classes.section} aria-label={t.title}>
      <h2 className={classes.title}>{t.title}</h2>
      <ul className={classes.issues}>
        {open.map(({ id, title, Icon, reason, lineKey, assignee, since }) => (
          <li key={`${title} ${id}`} className={classes.issue}>
            <strong>
              <Icon size={14} aria-hidden />
              {title}
            </strong>
            {reason && <span>{reason}</span>}
            {lineKey && <span>{t.line(lineName(lineKey))}</span>}
            <span className="cd-dim">
              {t.since} <RelativeTime iso={since} />
            </span>
            {assignee && <span className="cd-dim">{t.assignee(assignee)}</span>}
          </li>
        ))}
        {conditions.map(({ code, about, detail }) => (
          <li key={`${code} ${about}`} className={classes.issue} data-passing>
            <strong>
              <IconInfoCircle size={14} aria-hidden />
              {code}
            </strong>
            <span>{about ? `${lineName(about)}: ${detail}` : detail}</span>
            <span className="cd-dim">{t.condition}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
