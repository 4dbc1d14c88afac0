import { ActionIcon, Button, Radio, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { issuesAt, useChange, useEditor, useEditorContext } from '../editor/store/editor-context.tsx';
import { inspectorTexts } from '../texts/index.ts';

const texts = inspectorTexts.flow;

/** The flow's samples; the chosen one is what previews show. */
export function SampleList({ onSample }: { onSample: (index: number | undefined) => void }) {
  const samples = useEditor((state) => state.flow.samples) ?? [];
  const chosen = useEditor((state) => state.sampleIndex);
  const choose = useEditor((state) => state.chooseSample);
  const locked = useEditor((state) => state.readOnly);
  const change = useChange();
  const { issues } = useEditorContext();
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
            <SampleWarning messages={issuesAt(issues, `/samples/${index}`).map(({ message }) => message)} />
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

function SampleWarning({ messages }: { messages: readonly string[] }) {
  if (messages.length === 0) return null;
  return (
    <Tooltip label={messages.join(' ')} multiline w={320}>
      <IconAlertTriangle
        size={14}
        stroke={1.75}
        color="var(--cd-amber)"
        role="img"
        tabIndex={0}
        aria-label={messages.join(' ')}
      />
    </Tooltip>
  );
}
