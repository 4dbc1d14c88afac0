import { Tooltip } from '@mantine/core';
import {
  IconActivity,
  IconAlertTriangle,
  IconHeartbeat,
  IconPlugConnected,
  IconRocket,
  IconSettings,
  IconSitemap,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { appTexts } from '../texts/index.ts';
import { Mark } from '../ui/index.ts';
import classes from './Rail.module.css';

const PAGES = [
  { to: '/flows', label: appTexts.nav.flows, Icon: IconSitemap },
  { to: '/executions', label: appTexts.nav.executions, Icon: IconActivity },
  { to: '/exceptions', label: appTexts.nav.exceptions, Icon: IconAlertTriangle },
  { to: '/health', label: appTexts.nav.health, Icon: IconHeartbeat },
  { to: '/deployments', label: appTexts.nav.deployments, Icon: IconRocket },
  { to: '/connections', label: appTexts.nav.connections, Icon: IconPlugConnected },
] as const;

/** The left rail: one icon per page, its name on hover. */
export function Rail() {
  return (
    <nav className={classes.rail} aria-label={appTexts.nav.label}>
      <Link to="/flows" className={classes.mark} aria-label={appTexts.product}>
        <Mark size={24} />
      </Link>
      {PAGES.map((page) => (
        <RailLink key={page.to} {...page} />
      ))}
      <span className={classes.gap} />
      <RailLink to="/settings" label={appTexts.nav.settings} Icon={IconSettings} />
    </nav>
  );
}

function RailLink({
  to,
  label,
  Icon,
}: {
  to: (typeof PAGES)[number]['to'] | '/settings';
  label: string;
  Icon: typeof IconActivity;
}) {
  return (
    <Tooltip label={label} position="right" openDelay={0}>
      <Link to={to} className={classes.link} activeProps={{ 'data-active': true }} aria-label={label}>
        <Icon size={20} stroke={1.6} aria-hidden />
      </Link>
    </Tooltip>
  );
}
