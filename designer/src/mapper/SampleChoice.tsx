import { NativeSelect } from '@mantine/core';
import { useEditor } from '../editor/store/editor-context.tsx';
import { mapperTexts } from '../texts/index.ts';

/** Which sample the values beside a mapping are of; nothing where there is no choice. */
export function SampleChoice() {
  const samples = useEditor((state) => state.flow.samples) ?? [];
  const chosen = useEditor((state) => state.sampleIndex);
  const choose = useEditor((state) => state.chooseSample);
  if (samples.length < 2) return null;
  return (
    <NativeSelect
      size="xs"
      className="cd-sample-choice"
      aria-label={mapperTexts.sample}
      title={mapperTexts.sample}
      value={Math.min(chosen, samples.length - 1)}
      // Names may repeat in a file made by hand; the place is the identity.
      data={samples.map(({ name }, index) => ({ value: `${index}`, label: name }))}
      onChange={(event) => choose(Number(event.currentTarget.value))}
    />
  );
}
