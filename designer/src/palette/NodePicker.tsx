import type { NodeKind } from '@crossdock/flow-model';
import { Popover, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { NodeIcon, type Point } from '../canvas/index.ts';
import { paletteTexts as texts } from '../texts/index.ts';
import { useOptionList } from '../ui/index.ts';
import './palette.css';

export interface PickerItem {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  /** What tells it apart from others of its title. */
  readonly note?: string;
  readonly icon: string;
  readonly kind: NodeKind;
}

export interface PickerGroup {
  readonly label: string;
  readonly items: readonly PickerItem[];
}

/** A list beside a point of the window, searched while typing; arrows and Enter choose, Escape closes. */
export function NodePicker(props: {
  label: string;
  beside: Point;
  /** What matches a query. */
  find: (query: string) => readonly PickerGroup[];
  onPick: (id: string) => void;
  onClose: () => void;
}) {
  const [query, setQuery] = useState('');
  const labelId = useId();
  const groups = props.find(query);
  const items = groups.flatMap((group) => group.items);
  const list = useOptionList(items, ({ id }) => props.onPick(id));

  return (
    <Popover
      opened
      onDismiss={props.onClose}
      position="right-start"
      offset={8}
      width={280}
      trapFocus
      returnFocus
      shadow="md"
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <span className="cd-picker-anchor" style={{ left: props.beside.x, top: props.beside.y }} />
      </Popover.Target>
      <Popover.Dropdown className="cd-picker" aria-labelledby={labelId}>
        <TextInput
          data-autofocus
          label={props.label}
          labelProps={{ id: labelId }}
          placeholder={texts.search}
          leftSection={<IconSearch size={14} stroke={1.5} aria-hidden />}
          {...list.fieldProps}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            list.reset();
          }}
        />
        <div className="cd-palette-list" {...list.listProps(props.label)}>
          {groups.map(({ label, items: found }) => (
            <fieldset key={label} aria-label={label} className="cd-palette-group">
              <div className="cd-palette-kind" aria-hidden>
                {label}
              </div>
              {found.map((item) => (
                <div
                  key={item.id}
                  {...list.optionProps(item, [item.title, item.note].filter(Boolean).join(' '))}
                  className="cd-palette-item"
                  title={item.hint}
                >
                  <NodeIcon icon={item.icon} kind={item.kind} size={24} />
                  <span>{item.title}</span>
                  {item.note ? <span className="cd-picker-note">{item.note}</span> : null}
                </div>
              ))}
            </fieldset>
          ))}
        </div>
        {items.length === 0 ? <p className="cd-dim cd-palette-hint">{texts.nothing(query)}</p> : null}
      </Popover.Dropdown>
    </Popover>
  );
}
