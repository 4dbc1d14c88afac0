import { IconLock } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMay } from '../api/index.ts';
import { dropEmpty } from '../app/search-params.ts';
import { AuditTab } from '../audit/AuditTab.tsx';
import { settingsTexts } from '../texts/index.ts';
import { EmptyState, PageBar, PageTabs } from '../ui/index.ts';
import { AboutTab } from './AboutTab.tsx';
import { KeysTab } from './KeysTab.tsx';
import { PeopleTab } from './PeopleTab.tsx';
import { RetentionTab } from './RetentionTab.tsx';

const t = settingsTexts;
const route = getRouteApi('/frame/settings');

/** People, machine keys, who changed what, how long records are kept, and what this installation is. */
export function SettingsPage() {
  const mayPeople = useMay('people:manage');
  const mayKeys = useMay('keys:manage');
  const mayAudit = useMay('audit:read');
  const { tab = mayPeople ? 'people' : 'about', env, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const forbidden = <EmptyState icon={IconLock} title={t.forbidden} />;
  const audit = (
    <AuditTab
      search={search}
      onSearch={(next) => void navigate({ search: dropEmpty({ ...next, env, tab: 'audit' as const }), replace: true })}
    />
  );
  // A tab that one may not open is there for a link that leads to it, to say so.
  const tabs = [
    { name: 'people', label: t.tabs.people, may: mayPeople, panel: mayPeople ? <PeopleTab /> : forbidden },
    { name: 'keys', label: t.tabs.keys, may: mayKeys, panel: mayKeys ? <KeysTab /> : forbidden },
    { name: 'audit', label: t.tabs.audit, may: mayAudit, panel: mayAudit ? audit : forbidden },
    { name: 'retention', label: t.tabs.retention, may: true, panel: <RetentionTab /> },
    { name: 'about', label: t.tabs.about, may: true, panel: <AboutTab /> },
  ] as const;
  return (
    <>
      <PageBar title={t.title} crumbs={[{ label: t.title }]} />
      <PageTabs
        label={t.tabs.label}
        open={tab}
        onOpen={(next) => void navigate({ search: { ...(env ? { env } : {}), tab: next }, replace: true })}
        tabs={tabs.filter(({ name, may }) => may || name === tab)}
      />
    </>
  );
}
