import { serialiseFlow } from '@crossdock/flow-model';
import { ActionIcon, Menu } from '@mantine/core';
import {
  IconCopy,
  IconDots,
  IconDownload,
  IconHistory,
  IconKeyboard,
  IconPencil,
  IconTrash,
  IconUpload,
  type TablerIcon,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { useDeleteFlow, useFlows } from '../api/index.ts';
import { usePageCommands } from '../commands/index.ts';
import { DuplicateFlowDialog } from '../flows/DuplicateFlowDialog.tsx';
import { editorTexts } from '../texts/index.ts';
import { askToConfirm, saveFile } from '../ui/index.ts';
import { flowCommand } from './flow-command.ts';
import { RevisionsDrawer } from './RevisionsDrawer.tsx';
import { openShortcuts } from './shortcuts.tsx';
import { useEditor, useEditorContext } from './store/editor-context.tsx';
import { useImportFile } from './use-import-file.ts';

const texts = editorTexts.menu;

interface MenuAction {
  readonly id: Exclude<keyof typeof texts, 'label'>;
  readonly Icon: TablerIcon;
  readonly isOff?: boolean;
  readonly color?: string;
  /** A line stands below it. */
  readonly isLast?: boolean;
  readonly run: () => void;
}

/** What else can be done with the open flow; the command palette offers it too. */
export function EditorMenu() {
  const { store, saver } = useEditorContext();
  const flow = useEditor((state) => state.flow);
  const locked = useEditor((state) => state.readOnly);
  const row = useFlows().data?.find(({ id }) => id === flow.id);
  const deleteFlow = useDeleteFlow();
  const navigate = useNavigate();
  const importFile = useImportFile();
  const [dialog, setDialog] = useState<'duplicate' | 'revisions'>();
  const icon = { size: 16, stroke: 1.5, 'aria-hidden': true } as const;

  const remove = () =>
    askToConfirm({
      title: editorTexts.remove.title,
      effect: editorTexts.remove.effect(flow.name, row?.latestRevision ?? 0),
      verb: editorTexts.remove.verb,
      tone: 'red',
      run: async () => {
        saver.stop();
        await deleteFlow.mutateAsync(flow.id);
        await navigate({ to: '/flows' });
      },
    });

  const actions: readonly MenuAction[] = [
    {
      id: 'rename',
      Icon: IconPencil,
      isOff: locked,
      run: () => store.getState().jumpTo(undefined, 'settings', '/name', undefined),
    },
    {
      id: 'duplicate',
      Icon: IconCopy,
      isOff: locked || !row,
      run: () => void saver.flush().then(() => setDialog('duplicate')),
    },
    { id: 'revisions', Icon: IconHistory, isLast: true, run: () => setDialog('revisions') },
    { id: 'export', Icon: IconDownload, run: () => saveFile(`${flow.id}.flow.json`, serialiseFlow(flow)) },
    { id: 'import', Icon: IconUpload, isOff: locked, run: importFile },
    { id: 'shortcuts', Icon: IconKeyboard, isLast: true, run: openShortcuts },
    { id: 'remove', Icon: IconTrash, isOff: locked, color: 'red', run: remove },
  ];
  usePageCommands({
    commands: actions
      .filter(({ isOff }) => !isOff)
      .map(({ id, Icon, run }) => flowCommand(id, texts[id], Icon, run, { isMinor: true })),
  });

  return (
    <>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <ActionIcon size={32} aria-label={texts.label}>
            <IconDots {...icon} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {actions.map(({ id, Icon, isOff = false, color, isLast, run }) => (
            <Fragment key={id}>
              <Menu.Item leftSection={<Icon {...icon} />} disabled={isOff} {...(color ? { color } : {})} onClick={run}>
                {texts[id]}
              </Menu.Item>
              {isLast ? <Menu.Divider /> : null}
            </Fragment>
          ))}
        </Menu.Dropdown>
      </Menu>
      {dialog === 'duplicate' && row ? <DuplicateFlowDialog flow={row} onClose={() => setDialog(undefined)} /> : null}
      <RevisionsDrawer opened={dialog === 'revisions'} onClose={() => setDialog(undefined)} />
    </>
  );
}
