import type { Permission } from '@crossdock/api-contract';
import {
  IconActivity,
  IconAlertTriangle,
  IconHeartbeat,
  IconLink,
  IconPackage,
  IconPlugConnected,
  IconRocket,
  IconSettings,
  IconSitemap,
} from '@tabler/icons-react';
import type { LinkProps } from '@tanstack/react-router';
import {
  appTexts,
  connectionTexts,
  deploymentTexts,
  exceptionTexts,
  healthTexts,
  orderRuleTexts,
  referenceTexts,
  settingsTexts,
  statusTexts,
} from '../texts/index.ts';

const EXCEPTIONS = { to: '/exceptions', label: appTexts.nav.exceptions, Icon: IconAlertTriangle } as const;
const ORDERS = { to: '/orders', label: appTexts.nav.orders, Icon: IconPackage } as const;
const HEALTH = { to: '/health', label: appTexts.nav.health, Icon: IconHeartbeat } as const;
const REFERENCES = { to: '/references', label: appTexts.nav.references, Icon: IconLink } as const;
const DEPLOYMENTS = { to: '/deployments', label: appTexts.nav.deployments, Icon: IconRocket } as const;
const CONNECTIONS = { to: '/connections', label: appTexts.nav.connections, Icon: IconPlugConnected } as const;

/** The pages of the rail and of the command palette, in their order. */
export const PAGES = [
  { to: '/flows', label: appTexts.nav.flows, Icon: IconSitemap },
  ORDERS,
  { to: '/executions', label: appTexts.nav.executions, Icon: IconActivity },
  EXCEPTIONS,
  REFERENCES,
  HEALTH,
  DEPLOYMENTS,
  CONNECTIONS,
] as const;

/** Apart from the others at the foot of the rail. */
export const SETTINGS_PAGE = { to: '/settings', label: appTexts.nav.settings, Icon: IconSettings } as const;

/** A tab of a page, as the command palette leads to it. */
export interface SubPage {
  readonly of: (typeof PAGES)[number] | typeof SETTINGS_PAGE;
  readonly label: string;
  readonly link: LinkProps;
  /** The right without which the tab is not shown. */
  readonly needs?: Permission;
}

/** The tabs that are not what their page opens with. */
export const SUB_PAGES: readonly SubPage[] = [
  { of: ORDERS, label: orderRuleTexts.title, link: { to: '/order-rules' } },
  { of: ORDERS, label: orderRuleTexts.tabs.times, link: { to: '/order-rules', search: { tab: 'times' } } },
  { of: ORDERS, label: orderRuleTexts.tabs.overrides, link: { to: '/order-rules', search: { tab: 'overrides' } } },
  { of: ORDERS, label: appTexts.nav.subscriptions, link: { to: '/subscriptions' } },
  { of: EXCEPTIONS, label: exceptionTexts.tabs['in-doubt'], link: { to: '/exceptions/in-doubt' } },
  { of: REFERENCES, label: referenceTexts.tabs.proposals, link: { to: '/references', search: { tab: 'proposals' } } },
  { of: REFERENCES, label: statusTexts.tab, link: { to: '/references', search: { tab: 'statuses' } } },
  ...(['alarms', 'rules', 'channels'] as const).map((tab) => ({
    of: HEALTH,
    label: healthTexts.tabs[tab],
    link: { to: '/health', search: { tab } } as LinkProps,
  })),
  ...(['history', 'environments', 'variables'] as const).map((tab) => ({
    of: DEPLOYMENTS,
    label: deploymentTexts.tabs[tab],
    link: { to: '/deployments', search: { tab } } as LinkProps,
  })),
  {
    of: CONNECTIONS,
    label: connectionTexts.tabs.privateHosts,
    link: { to: '/connections', search: { tab: 'private-hosts' } },
  },
  ...(
    [
      { tab: 'people', needs: 'people:manage' },
      { tab: 'keys', needs: 'keys:manage' },
      { tab: 'audit', needs: 'audit:read' },
    ] as const
  ).map(({ tab, needs }) => ({
    of: SETTINGS_PAGE,
    label: settingsTexts.tabs[tab],
    link: { to: '/settings', search: { tab } } as LinkProps,
    needs,
  })),
  ...(['retention', 'about'] as const).map((tab) => ({
    of: SETTINGS_PAGE,
    label: settingsTexts.tabs[tab],
    link: { to: '/settings', search: { tab } } as LinkProps,
  })),
];
