import type { Health } from '@crossdock/api-contract';
import { IconAlertTriangle, IconBellRinging, IconCircleCheck, IconPlugX } from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { healthTexts } from '../texts/index.ts';
import classes from './HealthPage.module.css';
import { troubleIn } from './trouble-in.ts';

const t = healthTexts.overview;
const ICONS = { alarm: IconBellRinging, breaker: IconPlugX, flow: IconAlertTriangle } as const;

/** What needs somebody, worst first, each with the way to it. */
export function Trouble({ health }: { health: Health }) {
  const items = troubleIn(health);
  return (
    <section aria-label={t.trouble} data-testid="trouble">
      <h2 className={classes.section}>{t.trouble}</h2>
      <ul className={classes.trouble}>
        {!health.bus && <Item tone="amber" Icon={IconPlugX} text={t.busAway} />}
        {items.map(({ key, icon, tone, text, link }) => (
          <Item key={key} tone={tone} Icon={ICONS[icon]} text={link ? <Linked link={link}>{text}</Linked> : text} />
        ))}
        {items.length === 0 && health.bus && <Item tone="green" Icon={IconCircleCheck} text={t.well} />}
      </ul>
    </section>
  );
}

function Item({ tone, Icon, text }: { tone: string; Icon: typeof IconPlugX; text: ReactNode }) {
  return (
    <li>
      <Icon size={16} aria-hidden className={classes.icon} data-tone={tone} />
      <span>{text}</span>
    </li>
  );
}

function Linked({ link, children }: { link: LinkProps; children: ReactNode }) {
  return <Link {...link}>{children}</Link>;
}
