import { Tabs } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMay } from '../api/index.ts';
import { settingsTexts } from '../texts/index.ts';
import { EmptyState, PageBar } from '../ui/index.ts';
import { AboutTab } from './AboutTab.tsx';
import { KeysTab } from './KeysTab.tsx';
import { PeopleTab } from './PeopleTab.tsx';
import classes from './SettingsPage.module.css';
import type { SettingsSearch } from './settings-search.ts';

const t = settingsTexts;
const route = getRouteApi('/frame/settings');

/** People, machine keys and what this installation is. */
export function SettingsPage() {
  const mayPeople = useMay('people:manage');
  const mayKeys = useMay('keys:manage');
  const { tab = mayPeople ? 'people' : 'about' } = route.useSearch();
  const navigate = route.useNavigate();
  const forbidden = <EmptyState icon={IconLock} title={t.forbidden} />;
  return (
    <>
      <PageBar title={t.title} crumbs={[{ label: t.title }]} />
      <Tabs
        value={tab}
        onChange={(next) =>
          void navigate({
            search: (now) => ({ ...now, tab: next as NonNullable<SettingsSearch['tab']> }),
            replace: true,
          })
        }
        keepMounted={false}
        className={classes.tabs}
      >
        <Tabs.List aria-label={t.tabs.label} px={16}>
          <Tabs.Tab value="people">{t.tabs.people}</Tabs.Tab>
          <Tabs.Tab value="keys">{t.tabs.keys}</Tabs.Tab>
          <Tabs.Tab value="about">{t.tabs.about}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="people" className={classes.panel}>
          {mayPeople ? <PeopleTab /> : forbidden}
        </Tabs.Panel>
        <Tabs.Panel value="keys" className={classes.panel}>
          {mayKeys ? <KeysTab /> : forbidden}
        </Tabs.Panel>
        <Tabs.Panel value="about" className={classes.panel}>
          <AboutTab />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
