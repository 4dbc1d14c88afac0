import { getRouteApi } from '@tanstack/react-router';
import { connectionTexts } from '../texts/index.ts';
import { PageBar, PageTabs } from '../ui/index.ts';
import { ConnectionsTab } from './ConnectionsTab.tsx';
import type { ConnectionSearch } from './connection-search.ts';
import { PrivateHostsTab } from './PrivateHostsTab.tsx';

const t = connectionTexts;
const route = getRouteApi('/frame/connections');

/** What flows reach out with: the connections of an environment, and the private hosts that it may call. */
export function ConnectionsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const set = (change: { [K in keyof ConnectionSearch]: ConnectionSearch[K] | undefined }) =>
    void navigate({ search: (now) => ({ ...now, ...change }) as ConnectionSearch, replace: true });
  return (
    <>
      <PageBar title={t.title} crumbs={[{ label: t.title }]} />
      <PageTabs
        label={t.tabs.label}
        open={search.tab ?? 'connections'}
        onOpen={(tab) => set({ tab: tab === 'connections' ? undefined : tab, open: undefined })}
        tabs={[
          {
            name: 'connections',
            label: t.tabs.connections,
            panel: <ConnectionsTab search={search} onSearch={set} />,
          },
          { name: 'private-hosts', label: t.tabs.privateHosts, panel: <PrivateHostsTab /> },
        ]}
      />
    </>
  );
}
