import { Tabs } from '@mantine/core';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { exceptionTexts } from '../texts/index.ts';
import { PageBar } from '../ui/index.ts';
import classes from './ExceptionsPage.module.css';

const t = exceptionTexts;
const TABS = ['dead-letters', 'in-doubt'] as const;

/** What could not be done and waits for a person; each tab has an address of its own. */
export function ExceptionsPage() {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const tab = TABS.find((name) => path.endsWith(name)) ?? TABS[0];
  const navigate = useNavigate();
  return (
    <>
      <PageBar title={`${t.tabs[tab]} · ${t.title}`} crumbs={[{ label: t.title }]} />
      <Tabs
        value={tab}
        onChange={(next) => void navigate({ to: `/exceptions/${next === TABS[1] ? TABS[1] : TABS[0]}` })}
        className={classes.tabs}
      >
        <Tabs.List aria-label={t.tabs.label} px={16}>
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t.tabs[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} className={classes.panel}>
          <Outlet />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
