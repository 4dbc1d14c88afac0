import { serialiseFlow } from '@crossdock/flow-model';
import { Button } from '@mantine/core';
import { IconFileDiff } from '@tabler/icons-react';
import { useState } from 'react';
import { editorTexts } from '../texts/index.ts';
import { saveFile } from '../ui/index.ts';
import { useEditor } from './store/editor-context.tsx';
import { useImportFile } from './use-import-file.ts';

const texts = editorTexts.file;

/** Says that the flow's file in the repository differs from the draft, and offers both ways out. */
export function FileNotice() {
  const file = useEditor((state) => state.file);
  const flow = useEditor((state) => state.flow);
  const [dismissed, setDismissed] = useState(false);
  const importFile = useImportFile();
  if (!file?.differs || dismissed) return null;
  return (
    <div className="cd-editor-notice" data-tone="amber" role="status">
      <IconFileDiff size={16} stroke={1.5} aria-hidden />
      <span>{texts.differs(file.path)}</span>
      <Button size="compact-xs" variant="default" onClick={importFile}>
        {texts.import}
      </Button>
      <Button size="compact-xs" variant="default" onClick={() => saveFile('flow.json', serialiseFlow(flow))}>
        {texts.export}
      </Button>
      <Button size="compact-xs" variant="subtle" onClick={() => setDismissed(true)}>
        {texts.dismiss}
      </Button>
    </div>
  );
}
