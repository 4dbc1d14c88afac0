import {
  IconActivity,
  IconAlertTriangle,
  IconHeartbeat,
  IconPlugConnected,
  IconRocket,
  IconSettings,
  IconSitemap,
} from '@tabler/icons-react';
import { appTexts } from '../texts/index.ts';

/** The pages of the rail and of the search, in their order. */
export const PAGES = [
  { to: '/flows', label: appTexts.nav.flows, Icon: IconSitemap },
  { to: '/executions', label: appTexts.nav.executions, Icon: IconActivity },
  { to: '/exceptions', label: appTexts.nav.exceptions, Icon: IconAlertTriangle },
  { to: '/health', label: appTexts.nav.health, Icon: IconHeartbeat },
  { to: '/deployments', label: appTexts.nav.deployments, Icon: IconRocket },
  { to: '/connections', label: appTexts.nav.connections, Icon: IconPlugConnected },
] as const;

/** Apart from the others at the foot of the rail. */
export const SETTINGS_PAGE = { to: '/settings', label: appTexts.nav.settings, Icon: IconSettings } as const;
