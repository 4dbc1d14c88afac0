import type { NodeManifest } from '@crossdock/flow-model';
import { Button, Stack } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { NodeIcon } from '../canvas/index.ts';
import { editorTexts } from '../texts/index.ts';
import { useEditor } from './store/editor-context.tsx';
import { useImportFile } from './use-import-file.ts';

/** The ways to begin, over a canvas without nodes. */
export function EmptyCanvas({ onAdd }: { onAdd: (manifest: NodeManifest) => void }) {
  const manifests = useEditor((state) => state.manifests);
  const readOnly = useEditor((state) => state.readOnly);
  const importFile = useImportFile();
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
          leftSection={<IconUpload size={16} stroke={1.5} />}
          onClick={importFile}
        >
          {editorTexts.empty.import}
        </Button>
      </Stack>
    </div>
  );
}
