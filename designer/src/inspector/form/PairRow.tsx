import { ActionIcon, Menu, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDotsVertical, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { inspectorTexts } from '../../texts/index.ts';
import { isExpression, type SwitchPair, switchValue } from '../expression.ts';
import { ExpressionSwitch } from './ExpressionSwitch.tsx';
import type { Pair } from './pairs.ts';

const texts = inspectorTexts.form;

/** A name and its value, which can be moved, made an expression, and taken away. */
export function PairRow(props: {
  label: string;
  row: Pair;
  locked: boolean;
  mono?: boolean;
  computes?: boolean;
  namePlaceholder?: string;
  valuePlaceholder?: string;
  isFirst: boolean;
  isLast: boolean;
  isTwice: boolean;
  error: string | undefined;
  onEdit: (change: Partial<Pair>) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}) {
  const { row, locked } = props;
  const [pair, setPair] = useState<SwitchPair>();
  const toggle = () => {
    const next = switchValue(row.value, {}, pair);
    setPair(next.pair);
    const { value = '' } = next;
    props.onEdit({ value: typeof value === 'string' ? value : JSON.stringify(value) });
  };
  return (
    <div className="cd-pairs-row" data-computes={props.computes || undefined}>
      <TextInput
        aria-label={`${props.label}: ${texts.rowName}`}
        placeholder={props.namePlaceholder ?? texts.rowName}
        value={row.name}
        disabled={locked}
        error={props.isTwice}
        onChange={(event) => props.onEdit({ name: event.currentTarget.value })}
      />
      <TextInput
        aria-label={`${props.label}: ${texts.rowValue} ${row.name}`}
        placeholder={props.valuePlaceholder ?? texts.rowValue}
        value={row.value}
        disabled={locked}
        error={props.error ?? null}
        {...(props.mono ? { classNames: { input: 'cd-mono' } } : {})}
        onChange={(event) => props.onEdit({ value: event.currentTarget.value })}
      />
      {props.computes ? (
        <ExpressionSwitch
          label={row.name || texts.rowValue}
          isComputed={isExpression(row.value)}
          locked={locked}
          onSwitch={toggle}
        />
      ) : null}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={texts.moveRow(row.name)} disabled={locked || (props.isFirst && props.isLast)}>
            <IconDotsVertical size={14} stroke={1.5} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconArrowUp size={14} aria-hidden />}
            disabled={props.isFirst}
            onClick={() => props.onMove(-1)}
          >
            {texts.up}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowDown size={14} aria-hidden />}
            disabled={props.isLast}
            onClick={() => props.onMove(1)}
          >
            {texts.down}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ActionIcon aria-label={texts.removeRow(row.name)} disabled={locked} onClick={props.onRemove}>
        <IconX size={14} stroke={1.5} aria-hidden />
      </ActionIcon>
    </div>
  );
}
