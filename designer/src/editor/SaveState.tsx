import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCloudOff, IconLoader2, IconPencil } from '@tabler/icons-react';
import { explain } from '../api/index.ts';
import { editorTexts } from '../texts/index.ts';
import { RelativeTime } from '../ui/index.ts';
import { useEditor, useEditorContext } from './store/editor-context.tsx';

const texts = editorTexts.save;
const ICONS = {
  saved: IconCheck,
  saving: IconLoader2,
  unsaved: IconPencil,
  offline: IconCloudOff,
  conflict: IconAlertTriangle,
  refused: IconAlertTriangle,
} as const;
const TONES = { saved: 'grey', saving: 'grey', unsaved: 'grey', offline: 'amber', conflict: 'red', refused: 'red' };

/** How the draft stands to the runtime: saved by whom and when, or why not. */
export function SaveStateLabel() {
  const { saver } = useEditorContext();
  const save = useEditor((state) => state.save);
  const updatedAt = useEditor((state) => state.updatedAt);
  const updatedBy = useEditor((state) => state.updatedBy);
  const Icon = ICONS[save.kind];
  return (
    <span className="cd-save" data-testid="save-state" data-kind={save.kind} data-tone={TONES[save.kind]} role="status">
      <Icon size={14} stroke={1.75} aria-hidden />
      {save.kind === 'saved' ? (
        <span data-gives-way="state">
          {updatedBy ? texts.savedBy(updatedBy) : texts.saved} <RelativeTime iso={updatedAt} />
        </span>
      ) : (
        texts[save.kind]
      )}
      {save.kind === 'refused' ? (
        <Button
          size="compact-xs"
          variant="subtle"
          color="red"
          title={whyNot(save.error)}
          onClick={() => void saver.flush()}
        >
          {texts.retry}
        </Button>
      ) : null}
    </span>
  );
}

function whyNot(error: unknown): string {
  const { message, fix = '' } = explain(error);
  return `${message} ${fix}`.trim();
}
