import { Tooltip } from '@mantine/core';
import type { TablerIcon } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { appTexts } from '../texts/index.ts';
import { Mark } from '../ui/index.ts';
import { PAGES, SETTINGS_PAGE } from './pages.ts';
import classes from './Rail.module.css';

/** The left rail: one icon per page, its name on hover. */
export function Rail() {
  return (
    <nav className={classes.rail} data-tour="pages" aria-label={appTexts.nav.label}>
      <Link to="/flows" className={classes.mark} aria-label={appTexts.product}>
        <Mark size={24} />
      </Link>
      {PAGES.map((page) => (
        <RailLink key={page.to} {...page} />
      ))}
      <span className={classes.gap} />
      <RailLink {...SETTINGS_PAGE} />
    </nav>
  );
}

function RailLink({
  to,
  label,
  Icon,
}: {
  to: (typeof PAGES)[number]['to'] | (typeof SETTINGS_PAGE)['to'];
  label: string;
  Icon: TablerIcon;
}) {
  return (
    <Tooltip label={label} position="right" openDelay={0}>
      <Link to={to} className={classes.link} activeProps={{ 'data-active': true }} aria-label={label}>
        <Icon size={20} stroke={1.6} aria-hidden />
      </Link>
    </Tooltip>
  );
}
