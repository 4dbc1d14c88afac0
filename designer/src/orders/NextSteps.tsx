import type { OrderDetail, OrderNextStep } from '@crossdock/api-contract';
import { IconCalendarDue, IconClockExclamation } from '@tabler/icons-react';
import { orderTexts } from '../texts/index.ts';
import { formatMoment, RelativeTime } from '../ui/index.ts';
import { lineName } from './event-words.ts';
import classes from './NextSteps.module.css';
import page from './OrderPage.module.css';

const t = orderTexts.next;

/** What happens next and by when; what is late stands out. Nothing for an order that is done with. */
export function NextSteps({ order: { next } }: { order: OrderDetail }) {
  if (next.length === 0) return null;
  return (
    <section className={page.section} aria-label={t.title}>
      <h2 className={page.title}>{t.title}</h2>
      <ol className={classes.steps}>
        {next.map((step) => (
          <Step key={`${step.step} ${step.about}`} {...step} />
        ))}
      </ol>
    </section>
  );
}

function Step({ step, about, by, owner, code, isLate }: OrderNextStep) {
  const Icon = isLate ? IconClockExclamation : IconCalendarDue;
  return (
    <li data-late={isLate || undefined}>
      <Icon size={14} aria-hidden />
      <span>
        {t.words[step] ?? step}
        {about && <span className="cd-dim"> {lineName(about)}</span>}
      </span>
      <span className={classes.by} title={code}>
        {by ? (
          <>
            {isLate ? t.late : t.by} {formatMoment(by)} (<RelativeTime iso={by} />)
          </>
        ) : (
          t.noDate
        )}
      </span>
      <span className="cd-dim">{owner}</span>
    </li>
  );
}
