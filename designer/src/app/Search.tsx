import { UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData, spotlight } from '@mantine/spotlight';
import {
  IconActivity,
  IconMoonStars,
  IconPlus,
  IconSearch,
  IconSitemap,
  IconUpload,
  IconUser,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { request, useFlows, useMay } from '../api/index.ts';
import { keyLine } from '../executions/business-keys.ts';
import { accountTexts, appTexts, uiTexts } from '../texts/index.ts';
import { Kbd } from '../ui/index.ts';
import { PAGES, SETTINGS_PAGE } from './pages.ts';
import classes from './Search.module.css';

const t = appTexts.search;
const SHOWN = 5;

/** Opens the search; its shortcut works everywhere. */
export function SearchButton() {
  return (
    <UnstyledButton className={classes.button} onClick={spotlight.open} aria-label={t.open}>
      <IconSearch size={14} aria-hidden />
      <span>{t.open}</span>
      <Kbd keys={['Ctrl', 'K']} />
    </UnstyledButton>
  );
}

/** Ctrl-K: flows, executions (by id, key or error), pages and actions. */
export function Search() {
  const [query, setQuery] = useState('');
  const groups = useGroups(query.trim());
  return (
    <Spotlight
      actions={groups}
      query={query}
      onQueryChange={setQuery}
      shortcut={['mod + K']}
      tagsToIgnore={[]}
      triggerOnContentEditable
      nothingFound={t.nothing}
      searchProps={{
        placeholder: t.placeholder,
        'aria-label': t.placeholder,
        leftSection: <IconSearch size={16} aria-hidden />,
      }}
      // The runtime has searched executions already; the rest is narrowed in useGroups.
      filter={(_query, actions) => actions}
      clearQueryOnClose
      scrollable
      maxHeight={440}
      size={600}
      transitionProps={{ duration: 0 }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.4 }}
      yOffset="12vh"
      classNames={{ actionsGroup: classes.group, action: classes.action }}
    />
  );
}

function useGroups(query: string): SpotlightActionGroupData[] {
  const [settled] = useDebouncedValue(query, 200);
  const navigate = useNavigate();
  const { toggleColorScheme } = useMantineColorScheme();
  const flows = useFlows().data ?? [];
  const found = useQuery({
    queryKey: ['search', settled],
    queryFn: ({ signal }) => request('searchExecutions', { body: { q: settled, limit: SHOWN }, signal }),
    enabled: settled.length > 1,
  });
  const matches = (text: string) => text.toLowerCase().includes(query.toLowerCase());
  const pages: SpotlightActionData[] = [...PAGES, SETTINGS_PAGE].map(({ to, label, Icon }) => ({
    id: to,
    label,
    leftSection: <Icon size={16} aria-hidden />,
    onClick: () => navigate({ to }),
  }));
  const mayWrite = useMay('flows:write');
  const actions: SpotlightActionData[] = [
    ...(mayWrite
      ? [
          {
            id: 'create',
            label: t.createFlow,
            icon: IconPlus,
            onClick: () => navigate({ to: '/flows', search: { dialog: 'create' } }),
          },
          {
            id: 'import',
            label: t.importFlow,
            icon: IconUpload,
            onClick: () => navigate({ to: '/flows', search: { dialog: 'import' } }),
          },
        ]
      : []),
    { id: 'account', label: accountTexts.menu, icon: IconUser, onClick: () => navigate({ to: '/account' }) },
    { id: 'scheme', label: t.toggleScheme, icon: IconMoonStars, onClick: toggleColorScheme },
  ].map(({ icon: Icon, ...action }) => ({ ...action, leftSection: <Icon size={16} aria-hidden /> }));

  return [
    {
      group: t.flows,
      actions: flows
        .filter((flow) => query !== '' && (matches(flow.name) || matches(flow.id)))
        .slice(0, SHOWN)
        .map((flow) => ({
          id: `flow-${flow.id}`,
          label: flow.name,
          description: flow.id,
          leftSection: <IconSitemap size={16} aria-hidden />,
          onClick: () => navigate({ to: '/flows/$flowId', params: { flowId: flow.id } }),
        })),
    },
    {
      group: t.executions,
      actions: [
        ...(found.data?.items ?? []).map((row) => ({
          id: `execution-${row.executionId}`,
          label: keyLine(row.keys) || row.executionId,
          description: `${row.flowId} · ${row.env} · ${uiTexts.status[row.status]}`,
          leftSection: <IconActivity size={16} aria-hidden />,
          onClick: () => navigate({ to: '/executions/$executionId', params: { executionId: row.executionId } }),
        })),
        ...(query === ''
          ? []
          : [
              {
                id: 'find-executions',
                label: t.findExecutions(query),
                description: t.findExecutionsHint,
                leftSection: <IconSearch size={16} aria-hidden />,
                onClick: () => navigate({ to: '/executions', state: { words: { q: query } } }),
              },
            ]),
      ],
    },
    { group: t.pages, actions: pages.filter(({ label }) => matches(label ?? '')) },
    { group: t.actions, actions: actions.filter(({ label }) => matches(label ?? '')) },
  ].filter((group) => group.actions.length > 0);
}
