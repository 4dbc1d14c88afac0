import type { NodeManifest } from '@crossdock/flow-model';
import { Button, Stack } from '@mantine/core';
import { IconTemplate, IconUpload } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { NodeIcon } from '../canvas/index.ts';
import { editorTexts, flowTexts } from '../texts/index.ts';
import { notifyDone } from '../ui/index.ts';
import { useEditor, useEditorContext } from './store/editor-context.tsx';
import { useImportFile } from './use-import-file.ts';

const TemplateDialog = lazy(async () => ({
  default: (await import('../flows/templates/TemplateDialog.tsx')).TemplateDialog,
}));

/** The ways to begin, over a canvas without nodes. */
export function EmptyCanvas({ onAdd }: { onAdd: (manifest: NodeManifest) => void }) {
  const manifests = useEditor((state) => state.manifests);
  const readOnly = useEditor((state) => state.readOnly);
  const importFile = useImportFile();
  const [isChoosing, setChoosing] = useState(false);
  const triggers = [...manifests.values()].filter(({ kind }) => kind === 'trigger');
  return (
    <div className="cd-empty">
      <Stack gap="sm" align="center">
        <h2>{editorTexts.empty.title}</h2>
        <p className="cd-dim">{editorTexts.empty.detail}</p>
        {triggers.map((manifest) => (
          <Button
            key={manifest.type}
            variant="default"
            disabled={readOnly}
            leftSection={<NodeIcon icon={manifest.icon} kind={manifest.kind} size={20} />}
            onClick={() => onAdd(manifest)}
          >
            {manifest.title}
          </Button>
        ))}
        <Button
          variant="subtle"
          disabled={readOnly}
          leftSection={<IconTemplate size={16} stroke={1.5} />}
          onClick={() => setChoosing(true)}
        >
          {editorTexts.empty.template}
        </Button>
        <Button
          variant="subtle"
          disabled={readOnly}
          leftSection={<IconUpload size={16} stroke={1.5} />}
          onClick={importFile}
        >
          {editorTexts.empty.import}
        </Button>
      </Stack>
      {isChoosing ? (
        <Suspense>
          <FromTemplate onClose={() => setChoosing(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}

/** Puts what a template holds in the place of the empty draft, which keeps its id and name; one step of undo. */
function FromTemplate({ onClose }: { onClose: () => void }) {
  const { store } = useEditorContext();
  return (
    <TemplateDialog
      onUse={({ name, flow }) => {
        const state = store.getState();
        state.change({ kind: 'replaceFlow', flow: { ...flow, name: state.flow.name } });
        notifyDone(flowTexts.templates.used(name));
      }}
      onClose={onClose}
    />
  );
}
