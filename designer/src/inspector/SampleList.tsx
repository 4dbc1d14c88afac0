import { ActionIcon, Button, Radio } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useChange, useEditor } from '../editor/store/editor-context.tsx';
import { inspectorTexts } from '../texts/index.ts';

const texts = inspectorTexts.flow;

/** The flow's samples; the chosen one is what previews show. */
export function SampleList({ onSample }: { onSample: (index: number | undefined) => void }) {
  const samples = useEditor((state) => state.flow.samples) ?? [];
  const chosen = useEditor((state) => state.sampleIndex);
  const choose = useEditor((state) => state.chooseSample);
  const locked = useEditor((state) => state.readOnly);
  const change = useChange();
  return (
    <div>
      <ul className="cd-samples">
        {samples.map((sample, index) => (
          // Names may repeat in a file made by hand; the place is the identity.
          <li key={`sample-${index + 1}`}>
            <Radio
              size="xs"
              label={sample.name}
              checked={index === Math.min(chosen, samples.length - 1)}
              onChange={() => choose(index)}
            />
            <ActionIcon aria-label={texts.editSample(sample.name)} disabled={locked} onClick={() => onSample(index)}>
              <IconPencil size={14} stroke={1.5} />
            </ActionIcon>
            <ActionIcon
              aria-label={texts.removeSample(sample.name)}
              disabled={locked}
              onClick={() => change({ kind: 'removeSample', index })}
            >
              <IconTrash size={14} stroke={1.5} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<IconPlus size={14} stroke={1.5} />}
        disabled={locked}
        onClick={() => onSample(undefined)}
      >
        {texts.addSample}
      </Button>
    </div>
  );
}
