import type { MappingTarget } from '@crossdock/flow-model';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { JsonDialog, jsonText, type Read, readJson } from '../code/index.ts';
import { boardTexts } from '../texts/index.ts';
import { Segments } from '../ui/index.ts';

const texts = boardTexts.targetDialog;

type Kind = keyof typeof texts.kinds;

/** Says what a mapping is to make, by an example or a JSON Schema. */
export function TargetDialog(props: {
  target: MappingTarget | undefined;
  onSave: (target: MappingTarget | undefined) => void;
  onClose: () => void;
}) {
  const { target } = props;
  const [kind, setKind] = useState<Kind>(target && 'schema' in target ? 'schema' : 'example');
  return (
    <JsonDialog
      title={texts.title}
      submit={texts.save}
      about={texts.hint}
      start={target ? jsonText(Object.values(target)[0]) : ''}
      read={(text) => readTarget(kind, text)}
      field={{ label: texts.text, testId: 'target-editor' }}
      onSave={props.onSave}
      onClose={props.onClose}
      before={
        <Segments
          label={texts.kind}
          value={kind}
          options={(Object.keys(texts.kinds) as Kind[]).map((value) => ({ value, label: texts.kinds[value] }))}
          onChange={setKind}
        />
      }
      aside={
        target && (
          <Button variant="subtle" color="red" onClick={() => props.onSave(undefined)}>
            {texts.clear}
          </Button>
        )
      }
    />
  );
}

function readTarget(kind: Kind, text: string): Read<MappingTarget> {
  const read = readJson(text);
  if (!read.ok) return read;
  if (kind === 'example') return { ok: true, value: { example: read.value } };
  const isObject = typeof read.value === 'object' && read.value !== null && !Array.isArray(read.value);
  if (!isObject) return { ok: false, problems: [texts.notObject] };
  return { ok: true, value: { schema: read.value as Record<string, unknown> } };
}
