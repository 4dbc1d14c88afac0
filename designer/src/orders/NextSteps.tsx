import type { OrderDetail, OrderNextStep } from '@crossdock/api-contract';
import { IconCalendarDue, IconClockExclamation } from '@tabler/icons-react';
import { orderTexts } from '../texts/index.ts';
import { formatMoment, RelativeTime, useNow } from '../ui/index.ts';
import { lineName } from './event-words.ts';
import classes from './NextSteps.module.css';
import page from './OrderPage.module.css';

const t = orderTexts.next;

/** What happens next and by when; what is late stands out. Nothing for an order that is done with. */
export function NextSteps({ order: { next, holds } }: { order: OrderDetail }) {
  const nameOf = (about: string) => holds.find(({ id }) => id === about)?.code ?? lineName(about);
  if (next.length === 0) return null;
  return (
    <section className={page.section} aria-label={t.title}>
      <h2 className={page.title}>{t.title}</h2>
      <ol className={classes.steps}>
        {next.map((step) => (
          <Step
            key={`${step.step} ${step.about}`}
            {...step}
            {...(step.about === undefined ? {} : { about: nameOf(step.about) })}
          />
        ))}
      </ol>
    </section>
  );
}

const DAY_MS = 86_400_000;

function Step({ step, about, by, owner, code, isLate }: OrderNextStep) {
  const Icon = isLate ? IconClockExclamation : IconCalendarDue;
  const now = useNow();
  const isNear = by !== undefined && Math.abs(Date.parse(by) - now) < DAY_MS;
  return (
    <li data-late={isLate || undefined}>
      <Icon size={14} aria-hidden />
      <span>
        {t.words[step] ?? step}
        {about && <span className="cd-dim"> {about}</span>}
      </span>
      <span className={classes.by} title={code}>
        {by === undefined ? t.noDate : `${isLate ? t.late : t.by} ${formatMoment(by)}`}
        {by !== undefined && isNear && (
          <>
            , <RelativeTime iso={by} />
          </>
        )}
      </span>
      <span className="cd-dim">{owner}</span>
    </li>
  );
}
