import { serialiseFlow } from '@crossdock/flow-model';
import { Menu, UnstyledButton } from '@mantine/core';
import { IconDownload, IconFileDiff, IconUpload } from '@tabler/icons-react';
import { editorTexts } from '../texts/index.ts';
import { saveFile } from '../ui/index.ts';
import { useEditor } from './store/editor-context.tsx';
import { useImportFile } from './use-import-file.ts';

const texts = editorTexts.file;

/** Says that the flow's file in the repository differs from the draft, and offers both ways out. */
export function FileNotice() {
  const file = useEditor((state) => state.file);
  const flow = useEditor((state) => state.flow);
  const importFile = useImportFile();
  if (!file?.differs) return null;
  return (
    <Menu position="top-end" width={220}>
      <Menu.Target>
        <UnstyledButton className="cd-file-notice" data-testid="file-differs" title={texts.differs(file.path)}>
          <IconFileDiff size={14} stroke={1.5} aria-hidden /> {texts.differs(file.path)}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconUpload size={16} stroke={1.5} />} onClick={importFile}>
          {texts.import}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconDownload size={16} stroke={1.5} />}
          onClick={() => saveFile('flow.json', serialiseFlow(flow))}
        >
          {texts.export}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
