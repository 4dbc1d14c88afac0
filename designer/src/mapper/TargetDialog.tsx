import { reasonOf } from '@crossdock/errors';
import type { MappingTarget } from '@crossdock/flow-model';
import { parsePayload } from '@crossdock/payload';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { CodeEditor } from '../code/CodeEditor.tsx';
import { boardTexts, uiTexts } from '../texts/index.ts';
import { Dialog, Segments } from '../ui/index.ts';

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
  const [text, setText] = useState(target ? JSON.stringify(Object.values(target)[0], null, 2) : '');
  const [tried, setTried] = useState(false);
  const read = readTarget(kind, text);
  const save = () => {
    setTried(true);
    if (read.ok) props.onSave(read.target);
  };
  return (
    <Dialog opened onClose={props.onClose} size={720} title={texts.title}>
      <Stack gap="sm">
        <Text c="dimmed">{texts.hint}</Text>
        <Segments
          label={texts.kind}
          value={kind}
          options={(Object.keys(texts.kinds) as Kind[]).map((value) => ({ value, label: texts.kinds[value] }))}
          onChange={setKind}
        />
        <div>
          <CodeEditor
            height={320}
            language="json"
            label={texts.text}
            value={text}
            onChange={setText}
            testId="target-editor"
          />
          {tried && !read.ok ? <div className="cd-field-error">{read.reason}</div> : null}
        </div>
        <Group justify="flex-end">
          {target ? (
            <Button variant="subtle" color="red" mr="auto" onClick={() => props.onSave(undefined)}>
              {texts.clear}
            </Button>
          ) : null}
          <Button variant="default" onClick={props.onClose}>
            {uiTexts.cancel}
          </Button>
          <Button onClick={save}>{texts.save}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function readTarget(kind: Kind, text: string): { ok: true; target: MappingTarget } | { ok: false; reason: string } {
  try {
    const value: unknown = parsePayload(text);
    if (kind === 'example') return { ok: true, target: { example: value } };
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!isObject) return { ok: false, reason: texts.notObject };
    return { ok: true, target: { schema: value as Record<string, unknown> } };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}
