import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { inspectorTexts } from '../../texts/index.ts';

const texts = inspectorTexts.form;
interface Row {
  readonly key: number;
  readonly name: string;
  readonly value: string;
}

/** Names with a value each, such as headers or business keys, as rows. A row without a name is kept here until it has one. */
export function PairsEditor(props: {
  label: string;
  value: Readonly<Record<string, string>>;
  locked: boolean;
  mono?: boolean;
  namePlaceholder?: string;
  valuePlaceholder?: string;
  errorOf?: (name: string) => string | undefined;
  onChange: (value: Record<string, string>) => void;
}) {
  const [rows, setRows] = useState<readonly Row[]>(() => toRows(props.value));
  const [last, setLast] = useState(props.value);
  if (last !== props.value) {
    setLast(props.value);
    if (JSON.stringify(toRecord(rows)) !== JSON.stringify(props.value)) setRows(toRows(props.value));
  }
  const update = (next: readonly Row[]) => {
    setRows(next);
    const record = toRecord(next);
    if (JSON.stringify(record) !== JSON.stringify(props.value)) props.onChange(record);
  };
  const edit = (key: number, change: Partial<Row>) =>
    update(rows.map((row) => (row.key === key ? { ...row, ...change } : row)));

  return (
    <fieldset className="cd-pairs" aria-label={props.label}>
      {rows.map((row) => (
        <div key={row.key} className="cd-pairs-row">
          <TextInput
            aria-label={`${props.label}: ${texts.rowName}`}
            placeholder={props.namePlaceholder ?? texts.rowName}
            value={row.name}
            disabled={props.locked}
            error={
              rows.some((other) => other.key !== row.key && other.name === row.name && row.name !== '')
                ? texts.duplicateName
                : null
            }
            onChange={(event) => edit(row.key, { name: event.currentTarget.value })}
          />
          <TextInput
            aria-label={`${props.label}: ${texts.rowValue} ${row.name}`}
            placeholder={props.valuePlaceholder ?? texts.rowValue}
            value={row.value}
            disabled={props.locked}
            error={props.errorOf?.(row.name) ?? null}
            {...(props.mono ? { classNames: { input: 'cd-mono' } } : {})}
            onChange={(event) => edit(row.key, { value: event.currentTarget.value })}
          />
          <ActionIcon
            aria-label={texts.removeRow(row.name)}
            disabled={props.locked}
            onClick={() => update(rows.filter(({ key }) => key !== row.key))}
          >
            <IconX size={14} stroke={1.5} />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<IconPlus size={14} stroke={1.5} />}
        disabled={props.locked}
        onClick={() => setRows([...rows, { key: nextKey(rows), name: '', value: '' }])}
      >
        {texts.addRow}
      </Button>
    </fieldset>
  );
}

function toRows(record: Readonly<Record<string, string>>): Row[] {
  return Object.entries(record).map(([name, value], key) => ({ key, name, value }));
}

function toRecord(rows: readonly Row[]): Record<string, string> {
  return Object.fromEntries(rows.filter(({ name }) => name !== '').map(({ name, value }) => [name, value]));
}

const nextKey = (rows: readonly Row[]): number => Math.max(-1, ...rows.map(({ key }) => key)) + 1;
