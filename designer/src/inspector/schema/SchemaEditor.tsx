import { Button, Group, Menu, Textarea } from '@mantine/core';
import { IconChevronDown, IconClipboardText, IconFileText } from '@tabler/icons-react';
import { useState } from 'react';
import { inspectorTexts } from '../../texts/index.ts';
import { Segments } from '../../ui/index.ts';
import { JsonInput } from '../form/JsonInput.tsx';
import { SchemaTree } from './SchemaTree.tsx';
import { type JsonSchema, schemaOfSamples } from './schema-of-samples.ts';

const texts = inspectorTexts.schema;
const VIEWS = ['tree', 'text'] as const;

/** A payload to make a schema of, by the name it has in the flow. */
export interface NamedPayload {
  readonly name: string;
  readonly payload: unknown;
}

/** A JSON Schema, as a tree or as text, which can be made from a sample: one of the flow, or one that is pasted. */
export function SchemaEditor(props: {
  label: string;
  value: unknown;
  samples: readonly NamedPayload[];
  locked: boolean;
  onChange: (schema: unknown) => void;
}) {
  const { label, value, locked, onChange } = props;
  const [view, setView] = useState<(typeof VIEWS)[number]>('tree');
  const [isPasting, setIsPasting] = useState(false);
  const isTree = typeof value === 'object' && value !== null && !Array.isArray(value);
  const take = (sample: unknown) => {
    onChange(schemaOfSamples([sample]));
    setIsPasting(false);
    setView('tree');
  };
  return (
    <div className="cd-schema-editor">
      <Group justify="space-between" gap={8}>
        <Segments
          label={texts.view}
          value={view}
          options={VIEWS.map((each) => ({ value: each, label: texts.views[each] }))}
          onChange={setView}
        />
        <Menu position="bottom-end">
          <Menu.Target>
            <Button
              variant="default"
              size="compact-sm"
              disabled={locked}
              rightSection={<IconChevronDown size={14} aria-hidden />}
            >
              {texts.fromSample}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {props.samples.map(({ name, payload }) => (
              <Menu.Item key={name} leftSection={<IconFileText size={14} aria-hidden />} onClick={() => take(payload)}>
                {name}
              </Menu.Item>
            ))}
            <Menu.Item leftSection={<IconClipboardText size={14} aria-hidden />} onClick={() => setIsPasting(true)}>
              {texts.paste}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      {isPasting ? <PasteSample onTake={take} onCancel={() => setIsPasting(false)} /> : null}
      {view === 'text' ? (
        <JsonInput
          label={label}
          value={value}
          locked={locked}
          height={360}
          testId="schema-editor"
          onChange={onChange}
        />
      ) : isTree ? (
        <SchemaTree schema={value as JsonSchema} locked={locked} onChange={onChange} />
      ) : (
        <div className="cd-note">
          <p>{value === undefined ? texts.empty : texts.noObject}</p>
          <Button
            size="compact-xs"
            variant="subtle"
            disabled={locked}
            onClick={() => onChange({ type: 'object', properties: {} })}
          >
            {texts.begin}
          </Button>
        </div>
      )}
    </div>
  );
}

function PasteSample({ onTake, onCancel }: { onTake: (sample: unknown) => void; onCancel: () => void }) {
  const [text, setText] = useState('');
  const [asked, setAsked] = useState(false);
  const sample = read(text);
  return (
    <div className="cd-schema-paste">
      <Textarea
        label={texts.pasteLabel}
        description={texts.pasteHint}
        value={text}
        autosize
        minRows={4}
        maxRows={12}
        data-autofocus
        spellCheck={false}
        classNames={{ input: 'cd-mono' }}
        error={asked && !sample ? texts.noJson : null}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group gap={8}>
        <Button size="compact-xs" onClick={() => (sample ? onTake(sample.value) : setAsked(true))}>
          {texts.make}
        </Button>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={onCancel}>
          {texts.cancel}
        </Button>
      </Group>
    </div>
  );
}

function read(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
