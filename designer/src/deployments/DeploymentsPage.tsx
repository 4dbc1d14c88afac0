import { getRouteApi } from '@tanstack/react-router';
import { deploymentTexts } from '../texts/index.ts';
import { PageBar, PageTabs } from '../ui/index.ts';
import type { DeploymentSearch } from './deployment-search.ts';
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
      <PageTabs
        label={t.tabs.label}
        open={tab}
        onOpen={(next) => set({ tab: next === 'matrix' ? undefined : next })}
        tabs={[
          {
            name: 'matrix',
            label: t.tabs.matrix,
            panel: <Matrix query={q} onQuery={(next) => set({ q: next || undefined })} />,
          },
          {
            name: 'history',
            label: t.tabs.history,
            panel: (
              <HistoryTab
                flow={flow}
                entry={entry}
                onFlow={(next) => set({ flow: next, entry: undefined })}
                onEntry={(next) => set({ entry: next })}
              />
            ),
          },
          { name: 'environments', label: t.tabs.environments, panel: <EnvironmentsTab /> },
          { name: 'variables', label: t.tabs.variables, panel: <VariablesTab /> },
        ]}
      />
    </>
  );
}
