import { useMantineColorScheme } from '@mantine/core';
import { IconBook2, IconMap2, IconMoonStars, IconPlus, IconSitemap, IconUpload, IconUser } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useFlows, useMay, useNodeTypes } from '../api/index.ts';
import { PAGES, SETTINGS_PAGE, SUB_PAGES } from '../app/pages.ts';
import { openHelp, startTour } from '../help/index.ts';
import { accountTexts, helpTexts, commandTexts as texts } from '../texts/index.ts';
import type { Command } from './command.ts';
import { usePageOffers } from './page-commands.ts';

/** All that the palette can do now, apart from what has to be asked for: the open page's own first. */
export function useCommands(): readonly Command[] {
  const offers = usePageOffers();
  const flows = useFlowCommands();
  const everywhere = useCommandsOfEveryPage();
  const help = useHelpCommands();
  return useMemo(
    () => [...offers.flatMap(({ commands = [] }) => commands), ...flows, ...everywhere, ...help],
    [offers, flows, everywhere, help],
  );
}

function useHelpCommands(): readonly Command[] {
  const { data: nodeTypes } = useNodeTypes();
  return useMemo(() => {
    const help = { group: texts.help, Icon: IconBook2 };
    return [
      { ...help, id: 'help', label: helpTexts.title, run: () => openHelp() },
      { ...help, id: 'tour', label: helpTexts.tour.start, Icon: IconMap2, run: startTour },
      ...(nodeTypes ?? []).map(({ type, title, summary }) => ({
        ...help,
        id: `help ${type}`,
        label: helpTexts.helpWith(title),
        hint: type,
        words: summary,
        isMinor: true,
        run: () => openHelp({ kind: 'node', type }),
      })),
    ];
  }, [nodeTypes]);
}

function useFlowCommands(): readonly Command[] {
  const navigate = useNavigate();
  const { data: flows } = useFlows();
  return useMemo(
    () =>
      (flows ?? []).map(({ id, name }) => ({
        id: `flow ${id}`,
        group: texts.flows,
        label: name,
        hint: id,
        Icon: IconSitemap,
        isMinor: true,
        run: () => navigate({ to: '/flows/$flowId', params: { flowId: id } }),
      })),
    [flows, navigate],
  );
}

function useCommandsOfEveryPage(): readonly Command[] {
  const navigate = useNavigate();
  const mayWrite = useMay('flows:write');
  const mayPeople = useMay('people:manage');
  const mayKeys = useMay('keys:manage');
  const mayAudit = useMay('audit:read');
  const { toggleColorScheme } = useMantineColorScheme();
  return useMemo((): readonly Command[] => {
    const mayOpen: Readonly<Record<string, boolean>> = {
      'people:manage': mayPeople,
      'keys:manage': mayKeys,
      'audit:read': mayAudit,
    };
    const pages = [...PAGES, SETTINGS_PAGE].map(
      ({ to, label, Icon }): Command => ({
        id: `page ${to}`,
        group: texts.pages,
        label,
        Icon,
        run: () => navigate({ to }),
      }),
    );
    const parts = SUB_PAGES.filter(({ needs }) => needs === undefined || mayOpen[needs]).map(
      ({ of, label, link }): Command => ({
        id: `page ${of.to} ${label}`,
        group: texts.pages,
        label: `${of.label}: ${label}`,
        Icon: of.Icon,
        isMinor: true,
        run: () => navigate(link),
      }),
    );
    const action = (id: string, label: string, Icon: Command['Icon'], run: () => unknown): Command => ({
      id,
      group: texts.actions,
      label,
      Icon,
      run,
    });
    const toFlows = (dialog: 'create' | 'import') => () => navigate({ to: '/flows', search: { dialog } });
    return [
      ...pages,
      ...parts,
      ...(mayWrite
        ? [
            action('create-flow', texts.createFlow, IconPlus, toFlows('create')),
            action('import-flow', texts.importFlow, IconUpload, toFlows('import')),
          ]
        : []),
      action('account', accountTexts.menu, IconUser, () => navigate({ to: '/account' })),
      action('scheme', texts.toggleScheme, IconMoonStars, toggleColorScheme),
    ];
  }, [navigate, mayWrite, mayPeople, mayKeys, mayAudit, toggleColorScheme]);
}
