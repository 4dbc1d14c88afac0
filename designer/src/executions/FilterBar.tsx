import { Button, Popover, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconChevronDown, IconKey, IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useFlows } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { executionTexts } from '../texts/index.ts';
import type { ExecutionSearch } from './execution-search.ts';
import classes from './FilterBar.module.css';
import { StatusFilter } from './StatusFilter.tsx';
import { TimeFilter, timeLabel } from './TimeFilter.tsx';

const t = executionTexts.list;
const TYPING_MS = 250;
const ALL = '*';

/** Everything the list can be narrowed by; each control writes the address, which is the only state. */
export function FilterBar({
  search,
  set,
  clear,
  narrowed,
}: {
  search: ExecutionSearch;
  set: (change: Partial<Record<keyof ExecutionSearch, string | undefined>> & Partial<ExecutionSearch>) => void;
  clear: () => void;
  narrowed: boolean;
}) {
  const { environment, environments, choose } = useEnvironment();
  const flows = useFlows().data ?? [];
  return (
    <search className={classes.bar} aria-label={executionTexts.title}>
      <TypedText
        label={t.search}
        placeholder={t.searchPlaceholder}
        value={search.q ?? ''}
        onSettled={(q) => set({ q: q || undefined })}
        icon={IconSearch}
        width={232}
      />
      <TypedText
        label={t.key}
        placeholder={t.keyPlaceholder}
        value={search.key ?? ''}
        onSettled={(key) => set({ key: key || undefined })}
        icon={IconKey}
        width={192}
      />
      <Select
        aria-label={t.flow}
        placeholder={t.anyFlow}
        data={flows.map(({ id, name }) => ({ value: id, label: name }))}
        value={search.flow ?? null}
        onChange={(flow) => set({ flow: flow ?? undefined })}
        searchable
        clearable
        w={184}
      />
      <Select
        aria-label={t.environment}
        data={[
          ...environments.map(({ name }) => ({ value: name, label: name })),
          { value: ALL, label: t.allEnvironments },
        ]}
        value={search.scope === 'all' ? ALL : environment.name}
        onChange={(name) => {
          if (name === ALL) set({ scope: 'all' });
          else if (name) choose(name);
        }}
        allowDeselect={false}
        w={144}
      />
      <Popover position="bottom-start" width={280}>
        <Popover.Target>
          <Button
            variant="default"
            rightSection={<IconChevronDown size={14} aria-hidden />}
            aria-label={`${t.time}: ${timeLabel(search)}`}
          >
            {timeLabel(search)}
          </Button>
        </Popover.Target>
        <Popover.Dropdown p={8}>
          <TimeFilter search={search} set={set} />
        </Popover.Dropdown>
      </Popover>
      <StatusFilter value={search.status} onChange={(status) => set({ status })} />
      {narrowed && (
        <Button variant="subtle" color="gray" onClick={clear}>
          {t.clear}
        </Button>
      )}
    </search>
  );
}

/** A text field that speaks up when typing rests, and follows the address when that changes from elsewhere. */
function TypedText({
  label,
  placeholder,
  value,
  onSettled,
  icon: Icon,
  width,
}: {
  label: string;
  placeholder: string;
  value: string;
  onSettled: (value: string) => void;
  icon: typeof IconSearch;
  width: number;
}) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const settle = useDebouncedCallback(onSettled, TYPING_MS);
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={placeholder}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        settle(event.currentTarget.value);
      }}
      leftSection={<Icon size={14} aria-hidden />}
      w={width}
    />
  );
}
