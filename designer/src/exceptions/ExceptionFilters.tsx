import { catalogue } from '@crossdock/errors';
import { Button, Select } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { flowQuery, useNodeTypes } from '../api/index.ts';
import classes from '../filters/filters.module.css';
import { type Change, EnvironmentFilter, FlowFilter, TimeFilter, TypedText } from '../filters/index.ts';
import { exceptionTexts, filterTexts } from '../texts/index.ts';
import { Segments } from '../ui/index.ts';
import { type DeadLetterSearch, type InDoubtSearch, isNarrowed } from './exception-search.ts';

const t = exceptionTexts.filters;
/** Codes that an execution can end with. */
const CODES = Object.keys(catalogue).filter((code) => /^(CONFIG|DATA|REMOTE|RUN|SYSTEM)_/.test(code));
const STATES = ['open', 'replayed', 'all'] as const;

interface FilterProps<Search> {
  search: Search;
  set: (change: Change<Search>) => void;
  clear: () => void;
}

/** Environment, flow, node, error, words, time and state. */
export function DeadLetterFilters({ search, set, clear }: FilterProps<DeadLetterSearch>) {
  return (
    <Bar search={search} set={set} clear={clear}>
      <TypedText
        label={filterTexts.search}
        placeholder={filterTexts.searchPlaceholder}
        value={search.q ?? ''}
        onSettled={(q) => set({ q: q || undefined })}
        icon={IconSearch}
        width={232}
      />
      <Select
        aria-label={t.code}
        placeholder={t.anyCode}
        data={CODES}
        value={search.code ?? null}
        onChange={(code) => set({ code: code ?? undefined })}
        searchable
        clearable
        w={216}
        comboboxProps={{ width: 264, position: 'bottom-start' }}
      />
      <Segments
        label={t.state}
        value={search.state ?? 'open'}
        options={STATES.map((value) => ({ value, label: t.states[value] }))}
        onChange={(state) => set({ state: state === 'open' ? undefined : state })}
      />
    </Bar>
  );
}

/** Environment, flow, node and time. */
export function InDoubtFilters(props: FilterProps<InDoubtSearch>) {
  return <Bar {...props} />;
}

function Bar({ search, set, clear, children }: FilterProps<InDoubtSearch> & { children?: ReactNode }) {
  return (
    <search className={classes.bar} aria-label={exceptionTexts.title}>
      {children}
      <FlowFilter value={search.flow} onChange={(flow) => set({ flow, node: undefined })} />
      {search.flow && <NodeFilter flowId={search.flow} value={search.node} onChange={(node) => set({ node })} />}
      <EnvironmentFilter all={search.scope === 'all'} onAll={() => set({ scope: 'all' })} />
      <TimeFilter search={search} set={set} />
      {isNarrowed(search) && (
        <Button variant="subtle" color="gray" onClick={clear}>
          {filterTexts.clear}
        </Button>
      )}
    </search>
  );
}

/** The nodes of the flow's draft by name; one that only an older revision has is shown by its id. */
function NodeFilter({
  flowId,
  value,
  onChange,
}: {
  flowId: string;
  value: string | undefined;
  onChange: (node: string | undefined) => void;
}) {
  const { data: draft } = useQuery(flowQuery(flowId));
  const { data: nodeTypes } = useNodeTypes();
  const data = (draft?.flow.nodes ?? []).map(({ id, name, type }) => ({
    value: id,
    label: name || nodeTypes?.find((manifest) => manifest.type === type)?.title || id,
  }));
  if (value !== undefined && !data.some((node) => node.value === value)) data.push({ value, label: value });
  return (
    <Select
      aria-label={t.node}
      placeholder={t.anyNode}
      data={data}
      value={value ?? null}
      onChange={(node) => onChange(node ?? undefined)}
      searchable
      clearable
      w={168}
    />
  );
}
