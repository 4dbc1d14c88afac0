import type { Sample } from '@crossdock/flow-model';
import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { JsonDialog, jsonText, readJson } from '../code/index.ts';
import { inspectorTexts } from '../texts/index.ts';
import { PairsEditor } from './form/PairsEditor.tsx';

const texts = inspectorTexts.sample;

/** Adds or changes a sample from JSON. */
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
  const nameError =
    name.trim() === '' ? texts.nameMissing : props.taken.includes(name.trim()) ? texts.nameTaken : undefined;
  const save = (payload: unknown) => {
    if (nameError) return;
    props.onSave({
      name: name.trim(),
      payload,
      ...(Object.keys(headers).length > 0 ? { headers } : {}),
      ...(sample?.answers ? { answers: sample.answers } : {}),
    });
  };
  return (
    <JsonDialog
      title={sample ? texts.edit : texts.add}
      submit={texts.save}
      start={sample ? jsonText(sample.payload) : ''}
      read={readJson}
      field={{ label: texts.payload, isLabelShown: true, testId: 'sample-editor' }}
      onSave={save}
      onClose={props.onClose}
      before={
        <TextInput
          label={texts.name}
          value={name}
          data-autofocus
          error={nameError}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      }
      after={
        <div>
          <Text fw={500}>{texts.headers}</Text>
          <PairsEditor label={texts.headers} value={headers} locked={false} ignoreCase onChange={setHeaders} />
        </div>
      }
    />
  );
}
