import { reasonOf } from '@crossdock/errors';
import type { Sample } from '@crossdock/flow-model';
import { parsePayload } from '@crossdock/payload';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { CodeEditor } from '../code/CodeEditor.tsx';
import { inspectorTexts, uiTexts } from '../texts/index.ts';
import { Dialog } from '../ui/index.ts';
import { PairsEditor } from './form/PairsEditor.tsx';

const texts = inspectorTexts.sample;

/** Adds or changes a sample from JSON. It is read as a hook reads it: numbers too long for a double stay text. */
export function SampleDialog(props: {
  sample: Sample | undefined;
  taken: readonly string[];
  suggestedName: string;
  onSave: (sample: Sample) => void;
  onClose: () => void;
}) {
  const { sample } = props;
  const [name, setName] = useState(sample?.name ?? props.suggestedName);
  const [headers, setHeaders] = useState<Record<string, string>>(sample?.headers ?? {});
  const [text, setText] = useState(sample ? JSON.stringify(sample.payload, null, 2) : '');
  const [tried, setTried] = useState(false);
  const payload = read(text);
  const nameError =
    name.trim() === '' ? texts.nameMissing : props.taken.includes(name.trim()) ? texts.nameTaken : undefined;
  const save = () => {
    setTried(true);
    if (nameError || !payload.ok) return;
    props.onSave({
      name: name.trim(),
      payload: payload.value,
      ...(Object.keys(headers).length > 0 ? { headers } : {}),
      ...(sample?.answers ? { answers: sample.answers } : {}),
    });
  };
  return (
    <Dialog opened onClose={props.onClose} size={720} title={sample ? texts.edit : texts.add}>
      <Stack gap="sm">
        <TextInput
          label={texts.name}
          value={name}
          data-autofocus
          error={tried && nameError}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div>
          <Text fw={500}>{texts.payload}</Text>
          <CodeEditor
            height={320}
            language="json"
            label={texts.payload}
            value={text}
            onChange={setText}
            testId="sample-editor"
          />
          {tried && !payload.ok ? <div className="cd-field-error">{payload.reason}</div> : null}
        </div>
        <div>
          <Text fw={500}>{texts.headers}</Text>
          <PairsEditor label={texts.headers} value={headers} locked={false} ignoreCase onChange={setHeaders} />
        </div>
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {uiTexts.cancel}
          </Button>
          <Button onClick={save}>{texts.save}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function read(text: string): { ok: true; value: unknown } | { ok: false; reason: string } {
  try {
    return { ok: true, value: parsePayload(text) };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}
