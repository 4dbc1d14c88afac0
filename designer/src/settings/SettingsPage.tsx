import { Tabs } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMay } from '../api/index.ts';
import { dropEmpty } from '../app/search-params.ts';
import { AuditTab } from '../audit/AuditTab.tsx';
import { settingsTexts } from '../texts/index.ts';
import { EmptyState, PageBar } from '../ui/index.ts';
import { AboutTab } from './AboutTab.tsx';
import { KeysTab } from './KeysTab.tsx';
import { PeopleTab } from './PeopleTab.tsx';
import { RetentionTab } from './RetentionTab.tsx';
import classes from './SettingsPage.module.css';
import type { SettingsSearch } from './settings-search.ts';

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
  return (
    <>
      <PageBar title={t.title} crumbs={[{ label: t.title }]} />
      <Tabs
        value={tab}
        onChange={(next) =>
          void navigate({
            search: { ...(env ? { env } : {}), tab: next as NonNullable<SettingsSearch['tab']> },
            replace: true,
          })
        }
        keepMounted={false}
        className={classes.tabs}
      >
        <Tabs.List aria-label={t.tabs.label} px={16}>
          <Tabs.Tab value="people">{t.tabs.people}</Tabs.Tab>
          <Tabs.Tab value="keys">{t.tabs.keys}</Tabs.Tab>
          <Tabs.Tab value="audit">{t.tabs.audit}</Tabs.Tab>
          <Tabs.Tab value="retention">{t.tabs.retention}</Tabs.Tab>
          <Tabs.Tab value="about">{t.tabs.about}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="people" className={classes.panel}>
          {mayPeople ? <PeopleTab /> : forbidden}
        </Tabs.Panel>
        <Tabs.Panel value="keys" className={classes.panel}>
          {mayKeys ? <KeysTab /> : forbidden}
        </Tabs.Panel>
        <Tabs.Panel value="audit" className={classes.panel}>
          {mayAudit ? (
            <AuditTab
              search={search}
              onSearch={(next) =>
                void navigate({ search: dropEmpty({ ...next, env, tab: 'audit' as const }), replace: true })
              }
            />
          ) : (
            forbidden
          )}
        </Tabs.Panel>
        <Tabs.Panel value="retention" className={classes.panel}>
          <RetentionTab />
        </Tabs.Panel>
        <Tabs.Panel value="about" className={classes.panel}>
          <AboutTab />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
