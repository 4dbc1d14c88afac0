import { getRouteApi } from '@tanstack/react-router';
import { type Change, changedSearch, useWords } from '../filters/index.ts';
import { referenceTexts, statusTexts } from '../texts/index.ts';
import { PageBar, PageTabs } from '../ui/index.ts';
import { ProposalsTab } from './ProposalsTab.tsx';
import type { ReferenceSearch } from './reference-search.ts';
import { StatusMapsTab } from './StatusMapsTab.tsx';
import { XrefTab } from './XrefTab.tsx';

const t = referenceTexts;
const route = getRouteApi('/frame/references');

/** What the systems of an environment call one thing, and what their statuses mean. */
export function ReferencesPage() {
  const { env: _env, ...address } = route.useSearch();
  const words = useWords();
  const search: ReferenceSearch = { ...address, ...words };
  const navigate = route.useNavigate();
  const set = (change: Change<ReferenceSearch>) => void navigate({ ...changedSearch(words, change), replace: true });
  return (
    <>
      <PageBar title={t.title} crumbs={[{ label: t.title }]} />
      <PageTabs
        label={t.tabs.label}
        open={search.tab ?? 'ids'}
        onOpen={(tab) => set({ tab: tab === 'proposals' || tab === 'statuses' ? tab : undefined, system: undefined })}
        tabs={[
          { name: 'ids', label: t.tabs.ids, panel: <XrefTab search={search} set={set} /> },
          { name: 'proposals', label: t.tabs.proposals, panel: <ProposalsTab search={search} set={set} /> },
          { name: 'statuses', label: statusTexts.tab, panel: <StatusMapsTab search={search} set={set} /> },
        ]}
      />
    </>
  );
}
