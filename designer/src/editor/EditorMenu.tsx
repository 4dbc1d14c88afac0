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
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useDeleteFlow, useFlows } from '../api/index.ts';
import { DuplicateFlowDialog } from '../flows/DuplicateFlowDialog.tsx';
import { editorTexts } from '../texts/index.ts';
import { askToConfirm, saveFile } from '../ui/index.ts';
import { RevisionsDrawer } from './RevisionsDrawer.tsx';
import { openShortcuts } from './shortcuts.tsx';
import { useEditor, useEditorContext } from './store/editor-context.tsx';
import { useImportFile } from './use-import-file.ts';

const texts = editorTexts.menu;

/** What else can be done with the open flow. */
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

  return (
    <>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <ActionIcon size={32} aria-label={texts.label}>
            <IconDots size={16} stroke={1.5} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconPencil {...icon} />}
            disabled={locked}
            onClick={() => store.getState().jumpTo(undefined, 'settings', '/name', undefined)}
          >
            {texts.rename}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCopy {...icon} />}
            disabled={locked || !row}
            onClick={() => void saver.flush().then(() => setDialog('duplicate'))}
          >
            {texts.duplicate}
          </Menu.Item>
          <Menu.Item leftSection={<IconHistory {...icon} />} onClick={() => setDialog('revisions')}>
            {texts.revisions}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconDownload {...icon} />}
            onClick={() => saveFile(`${flow.id}.flow.json`, serialiseFlow(flow))}
          >
            {texts.export}
          </Menu.Item>
          <Menu.Item leftSection={<IconUpload {...icon} />} disabled={locked} onClick={importFile}>
            {texts.import}
          </Menu.Item>
          <Menu.Item leftSection={<IconKeyboard {...icon} />} onClick={openShortcuts}>
            {editorTexts.shortcuts.action}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconTrash {...icon} />} color="red" disabled={locked} onClick={remove}>
            {texts.remove}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'duplicate' && row ? <DuplicateFlowDialog flow={row} onClose={() => setDialog(undefined)} /> : null}
      <RevisionsDrawer opened={dialog === 'revisions'} onClose={() => setDialog(undefined)} />
    </>
  );
}
