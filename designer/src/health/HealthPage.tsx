import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { HealthRange } from '../api/index.ts';
import { dropEmpty } from '../app/search-params.ts';
import { healthTexts } from '../texts/index.ts';
import { PageBar, PageTabs } from '../ui/index.ts';
import { AlarmsTab } from './AlarmsTab.tsx';
import { ChannelsTab } from './ChannelsTab.tsx';
import { HEALTH_TABS, type HealthSearch, type HealthTab } from './health-search.ts';
import { OverviewTab } from './OverviewTab.tsx';
import { RulesTab } from './RulesTab.tsx';
import { SendingPaused } from './SendingPaused.tsx';

const t = healthTexts;
const route = getRouteApi('/frame/health');

/** How everything is doing, what is wrong first; alarms, their rules and where they go. */
export function HealthPage() {
  const { tab = 'overview', range = '1h' } = route.useSearch();
  const navigate = route.useNavigate();
  const set = (change: { tab?: HealthTab | undefined; range?: HealthRange | undefined }) =>
    void navigate({ search: (now) => dropEmpty({ ...now, ...change }) as HealthSearch, replace: true });
  const panels = {
    overview: <OverviewTab range={range} onRange={(next) => set({ range: next === '1h' ? undefined : next })} />,
    alarms: <AlarmsTab />,
    rules: <RulesTab />,
    channels: <ChannelsTab />,
  } satisfies Record<HealthTab, ReactNode>;
  return (
    <>
      <PageBar title={`${t.tabs[tab]} · ${t.title}`} crumbs={[{ label: t.title }]} />
      <SendingPaused />
      <PageTabs
        label={t.tabs.label}
        open={tab}
        onOpen={(next) => set({ tab: next === 'overview' ? undefined : next })}
        tabs={HEALTH_TABS.map((name) => ({ name, label: t.tabs[name], panel: panels[name] }))}
      />
    </>
  );
}
