import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { HealthRange } from '../api/index.ts';
import { dropEmpty } from '../app/search-params.ts';
import { healthTexts } from '../texts/index.ts';
import { PageBar } from '../ui/index.ts';
import { AlarmsTab } from './AlarmsTab.tsx';
import { ChannelsTab } from './ChannelsTab.tsx';
import classes from './HealthPage.module.css';
import { HEALTH_TABS, type HealthSearch, type HealthTab } from './health-search.ts';
import { OverviewTab } from './OverviewTab.tsx';
import { RulesTab } from './RulesTab.tsx';

const t = healthTexts;
const route = getRouteApi('/frame/health');

/** How everything is doing, what is wrong first; alarms, their rules and where they go. */
export function HealthPage() {
  const { tab = 'overview', range = '1h' } = route.useSearch();
  const navigate = route.useNavigate();
  const set = (change: { tab?: HealthTab | undefined; range?: HealthRange | undefined }) =>
    void navigate({ search: (now) => dropEmpty({ ...now, ...change }) as HealthSearch, replace: true });
  return (
    <>
      <PageBar title={`${t.tabs[tab]} · ${t.title}`} crumbs={[{ label: t.title }]} />
      <Tabs
        value={tab}
        onChange={(next) => set({ tab: HEALTH_TABS.find((name) => name === next && name !== 'overview') })}
        keepMounted={false}
        className={classes.tabs}
      >
        <Tabs.List aria-label={t.tabs.label} px={16}>
          {HEALTH_TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t.tabs[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview" className={classes.panel}>
          <OverviewTab range={range} onRange={(next) => set({ range: next === '1h' ? undefined : next })} />
        </Tabs.Panel>
        <Tabs.Panel value="alarms" className={classes.panel}>
          <AlarmsTab />
        </Tabs.Panel>
        <Tabs.Panel value="rules" className={classes.panel}>
          <RulesTab />
        </Tabs.Panel>
        <Tabs.Panel value="channels" className={classes.panel}>
          <ChannelsTab />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
