import { serialiseFlow } from '@crossdock/flow-model';
import { Button, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { editorTexts, uiTexts } from '../texts/index.ts';
import { saveFile } from '../ui/index.ts';
import { useEditor, useEditorContext } from './store/editor-context.tsx';

const texts = editorTexts.conflict;

/** Opens when someone else saved the flow meanwhile; until one way is chosen nothing is saved and nothing is lost. */
export function ConflictDialog() {
  const { store, saver } = useEditorContext();
  const save = useEditor((state) => state.save);
  const [hiddenFor, setHiddenFor] = useState<unknown>();
  if (save.kind !== 'conflict') return null;
  const who = save.theirs.updatedBy;
  return (
    <>
      <Button variant="light" color="red" onClick={() => setHiddenFor(undefined)}>
        {texts.choose}
      </Button>
      <Modal
        opened={hiddenFor !== save}
        onClose={() => setHiddenFor(save)}
        title={texts.title}
        size={520}
        closeButtonProps={{ 'aria-label': uiTexts.close }}
      >
        <Stack gap="md">
          <p style={{ margin: 0 }}>{texts.detail(who)}</p>
          <Choice label={texts.theirs} hint={texts.theirsHint} onClick={() => saver.takeTheirs()} />
          <Choice label={texts.mine} hint={texts.mineHint(who)} onClick={() => void saver.keepMine()} />
          <Choice
            label={texts.export}
            hint={texts.exportHint}
            onClick={() => {
              const { flow } = store.getState();
              saveFile(`${flow.id}.flow.json`, serialiseFlow(flow));
            }}
          />
        </Stack>
      </Modal>
    </>
  );
}

function Choice({ label, hint, onClick }: { label: string; hint: string; onClick: () => void }) {
  return (
    <div className="cd-choice">
      <Button variant="default" onClick={onClick}>
        {label}
      </Button>
      <span className="cd-dim">{hint}</span>
    </div>
  );
}
