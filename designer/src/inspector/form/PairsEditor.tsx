import { Button } from '@mantine/core';
import { IconClipboardText, IconPlus } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { inspectorTexts } from '../../texts/index.ts';
import { PairRow } from './PairRow.tsx';
import { PairsText } from './PairsText.tsx';
import { movePair, namesTwice, nextKey, type Pair, toPairs, toRecord } from './pairs.ts';

const texts = inspectorTexts.form;

/**
 * Names with a value each, such as headers or business keys, as rows, or as text to paste. A row without a name is kept here until it has one.
 * Alt with an arrow moves the row that has the focus.
 */
export function PairsEditor(props: {
  label: string;
  value: Readonly<Record<string, string>>;
  locked: boolean;
  mono?: boolean;
  /** A value may be an expression, beginning with `=`. */
  computes?: boolean;
  /** Names that differ in capitals alone are the same. */
  ignoreCase?: boolean;
  namePlaceholder?: string;
  valuePlaceholder?: string;
  errorOf?: (name: string) => string | undefined;
  onChange: (value: Record<string, string>) => void;
}) {
  const [rows, setRows] = useState<readonly Pair[]>(() => toPairs(props.value));
  const [last, setLast] = useState(props.value);
  const [isText, setIsText] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  if (last !== props.value) {
    setLast(props.value);
    if (JSON.stringify(toRecord(rows)) !== JSON.stringify(props.value)) setRows(toPairs(props.value));
  }
  const update = (next: readonly Pair[]) => {
    setRows(next);
    const record = toRecord(next);
    if (JSON.stringify(record) !== JSON.stringify(props.value)) props.onChange(record);
  };
  const edit = (key: number, change: Partial<Pair>) =>
    update(rows.map((row) => (row.key === key ? { ...row, ...change } : row)));
  const twice = namesTwice(rows, props.ignoreCase ?? false);
  const isTwice = (name: string) =>
    twice.some((other) => other === name || (props.ignoreCase && other.toLowerCase() === name.toLowerCase()));
  const focusRow = (at: number) =>
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>('.cd-pairs-row input')[at * 2]?.focus());
  const onKeyDown = (event: KeyboardEvent, key: number) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    const moved = movePair(rows, key, event.key === 'ArrowUp' ? -1 : 1);
    update(moved);
    focusRow(moved.findIndex((row) => row.key === key));
  };

  if (isText)
    return (
      <PairsText
        label={props.label}
        pairs={rows}
        onTake={(pairs) => {
          update(pairs);
          setIsText(false);
        }}
        onCancel={() => setIsText(false)}
      />
    );
  return (
    <fieldset className="cd-pairs" aria-label={props.label}>
      <div ref={list}>
        {rows.map((row, at) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the fields inside
          <div key={row.key} onKeyDown={(event) => onKeyDown(event, row.key)}>
            <PairRow
              {...props}
              row={row}
              isFirst={at === 0}
              isLast={at === rows.length - 1}
              isTwice={isTwice(row.name)}
              error={props.errorOf?.(row.name)}
              onEdit={(change) => edit(row.key, change)}
              onMove={(by) => update(movePair(rows, row.key, by))}
              onRemove={() => update(rows.filter(({ key }) => key !== row.key))}
            />
          </div>
        ))}
      </div>
      {twice.length > 0 ? (
        <div className="cd-field-error" role="alert">
          {texts.namesTwice(twice)}
        </div>
      ) : null}
      <div className="cd-pairs-foot">
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={14} stroke={1.5} />}
          disabled={props.locked}
          onClick={() => {
            setRows([...rows, { key: nextKey(rows), name: '', value: '' }]);
            focusRow(rows.length);
          }}
        >
          {texts.addRow}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          leftSection={<IconClipboardText size={14} stroke={1.5} />}
          disabled={props.locked}
          onClick={() => setIsText(true)}
        >
          {texts.asText}
        </Button>
      </div>
    </fieldset>
  );
}
