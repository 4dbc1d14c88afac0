import type { OrderDetail, OrderException, OrderHold } from '@crossdock/api-contract';
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconBulb, IconHandStop, IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay } from '../api/index.ts';
import { orderTexts } from '../texts/index.ts';
import { formatMoment, RelativeTime, useNow } from '../ui/index.ts';
import { issueName, lineName, withMoments } from './event-words.ts';
import { type IssueDecision, IssueDialog } from './IssueDialog.tsx';
import classes from './Issues.module.css';
import page from './OrderPage.module.css';

const t = orderTexts.issues;

/** What needs someone: open holds and exceptions with what can be done about each, then what does not add up. Nothing where all is well. */
export function Issues({ order }: { order: OrderDetail }) {
  const mayDecide = useMay('orders:settle', order.env);
  const [decision, setDecision] = useState<IssueDecision>();
  const holds = order.holds.filter(({ isOpen }) => isOpen);
  const exceptions = order.exceptions.filter(({ isOpen }) => isOpen);
  if (holds.length + exceptions.length + order.conditions.length === 0) return null;
  const decide = mayDecide ? setDecision : undefined;
  return (
    <section className={page.section} aria-label={t.title}>
      <h2 className={page.title}>{t.title}</h2>
      <ul className={classes.issues}>
        {holds.map((hold) => (
          <Hold key={`hold ${hold.id}`} hold={hold} decide={decide} />
        ))}
        {exceptions.map((exception) => (
          <Exception key={exception.id} exception={exception} decide={decide} />
        ))}
        {order.conditions.map(({ code, about, detail }) => (
          <li key={`${code} ${about}`} className={classes.issue} data-passing>
            <span className={classes.head}>
              <IconInfoCircle size={14} aria-hidden />
              <strong>{issueName(code)}</strong>
              <code>{code}</code>
              <span className="cd-dim">{t.condition}</span>
            </span>
            <span>{about ? `${lineName(about)}: ${detail}` : detail}</span>
          </li>
        ))}
      </ul>
      {decision && (
        <IssueDialog
          key={`${decision.what} ${decision.id}`}
          order={order}
          decision={decision}
          onClose={() => setDecision(undefined)}
        />
      )}
    </section>
  );
}

type Decide = ((decision: IssueDecision) => void) | undefined;

function Hold({ hold: { id, code, reason, since }, decide }: { hold: OrderHold; decide: Decide }) {
  const title = t.hold(code);
  return (
    <li className={classes.issue}>
      <span className={classes.head}>
        <IconHandStop size={14} aria-hidden />
        <strong>{title}</strong>
        <span className="cd-dim">
          {t.since} <RelativeTime iso={since} />
        </span>
      </span>
      {reason && <span>{reason}</span>}
      {decide && (
        <span className={classes.verbs}>
          <Button size="compact-xs" variant="default" onClick={() => decide({ what: 'releaseHold', id, title })}>
            {t.decisions.releaseHold.verb}
          </Button>
        </span>
      )}
    </li>
  );
}

const VERBS = ['settleException', 'assignException', 'commentException'] as const;

function Exception({ exception, decide }: { exception: OrderException; decide: Decide }) {
  const { id, title, text, action, reason, lineKey, code, owner, assignee, since, dueAt, occurrences, comments } =
    exception;
  const now = useNow();
  const isLate = dueAt !== undefined && Date.parse(dueAt) < now;
  return (
    <li className={classes.issue} data-severity={exception.severity}>
      <span className={classes.head}>
        <IconAlertTriangle size={14} aria-hidden />
        <strong>{title}</strong>
        <code>{code}</code>
        <span className="cd-dim">
          {t.severities[exception.severity]} · {t.since} <RelativeTime iso={since} />
          {occurrences > 1 && ` · ${t.occurrences(occurrences)}`}
        </span>
      </span>
      {text && <span>{text}</span>}
      {reason && <span className="cd-dim">{withMoments(reason)}</span>}
      {lineKey && <span className="cd-dim">{t.line(lineName(lineKey))}</span>}
      {action && (
        <span className={classes.action}>
          <IconBulb size={14} aria-hidden />
          {action}
        </span>
      )}
      <span className={classes.facts}>
        <span>{assignee ? t.assignee(assignee) : t.owner(owner)}</span>
        {dueAt && (
          <span data-late={isLate || undefined}>
            {isLate ? t.overdue : t.due} {formatMoment(dueAt)}
          </span>
        )}
      </span>
      {comments.length > 0 && (
        <ul className={classes.comments} aria-label={t.comments}>
          {comments.map(({ at, by, text: said }) => (
            <li key={`${at} ${by}`}>
              <span className="cd-dim">
                {by}, <RelativeTime iso={at} />
              </span>
              <span>{said}</span>
            </li>
          ))}
        </ul>
      )}
      {decide && (
        <span className={classes.verbs}>
          {VERBS.map((what) => (
            <Button key={what} size="compact-xs" variant="default" onClick={() => decide({ what, id, title })}>
              {t.decisions[what].verb}
            </Button>
          ))}
        </span>
      )}
    </li>
  );
}
