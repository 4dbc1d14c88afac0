import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { deploymentTexts } from '../texts/index.ts';
import { PageBar } from '../ui/index.ts';
import classes from './DeploymentsPage.module.css';
import { type DeploymentSearch, isDeploymentTab } from './deployment-search.ts';
import { EnvironmentsTab } from './EnvironmentsTab.tsx';
import { HistoryTab } from './HistoryTab.tsx';
import { Matrix } from './Matrix.tsx';
import { VariablesTab } from './VariablesTab.tsx';

const t = deploymentTexts;
const route = getRouteApi('/frame/deployments');

/** What runs where, and what each environment's flows are given as variables. */
export function DeploymentsPage() {
  const { tab = 'matrix', q = '', flow, entry } = route.useSearch();
  const navigate = route.useNavigate();
  const set = (change: { [K in keyof DeploymentSearch]: DeploymentSearch[K] | undefined }) =>
    void navigate({ search: (now) => ({ ...now, ...change }) as DeploymentSearch, replace: true });
  return (
    <>
      <PageBar title={t.title} crumbs={[{ label: t.title }]} />
      <Tabs
        value={tab}
        onChange={(next) => set({ tab: isDeploymentTab(next) && next !== 'matrix' ? next : undefined })}
        keepMounted={false}
        className={classes.tabs}
      >
        <Tabs.List aria-label={t.tabs.label} px={16}>
          <Tabs.Tab value="matrix">{t.tabs.matrix}</Tabs.Tab>
          <Tabs.Tab value="history">{t.tabs.history}</Tabs.Tab>
          <Tabs.Tab value="environments">{t.tabs.environments}</Tabs.Tab>
          <Tabs.Tab value="variables">{t.tabs.variables}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="matrix" className={classes.panel}>
          <Matrix query={q} onQuery={(next) => set({ q: next || undefined })} />
        </Tabs.Panel>
        <Tabs.Panel value="history" className={classes.panel}>
          <HistoryTab
            flow={flow}
            entry={entry}
            onFlow={(next) => set({ flow: next, entry: undefined })}
            onEntry={(next) => set({ entry: next })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="environments" className={classes.panel}>
          <EnvironmentsTab />
        </Tabs.Panel>
        <Tabs.Panel value="variables" className={classes.panel}>
          <VariablesTab />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
