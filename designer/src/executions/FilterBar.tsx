import { Button } from '@mantine/core';
import { IconKey, IconSearch, IconX } from '@tabler/icons-react';
import classes from '../filters/filters.module.css';
import { type Change, EnvironmentFilter, FlowFilter, TimeFilter, TypedText } from '../filters/index.ts';
import { executionTexts, filterTexts } from '../texts/index.ts';
import type { ExecutionSearch } from './execution-search.ts';
import { StatusFilter } from './StatusFilter.tsx';

const t = executionTexts.list;

/** Everything the list can be narrowed by; each control writes the address, which is the only state. */
export function FilterBar({
  search,
  set,
  clear,
  narrowed,
}: {
  search: ExecutionSearch;
  set: (change: Change<ExecutionSearch>) => void;
  clear: () => void;
  narrowed: boolean;
}) {
  return (
    <search className={classes.bar} aria-label={executionTexts.title}>
      <TypedText
        label={filterTexts.search}
        placeholder={filterTexts.searchPlaceholder}
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
      <FlowFilter value={search.flow} onChange={(flow) => set({ flow })} />
      <EnvironmentFilter all={search.scope === 'all'} onAll={() => set({ scope: 'all' })} />
      <TimeFilter search={search} set={set} />
      {search.parent && (
        <Button
          variant="light"
          rightSection={<IconX size={14} aria-hidden />}
          title={t.anyParent}
          onClick={() => set({ parent: undefined })}
        >
          {t.startedBy(search.parent.slice(0, 8))}
        </Button>
      )}
      <StatusFilter value={search.status} onChange={(status) => set({ status })} />
      {narrowed && (
        <Button variant="subtle" color="gray" onClick={clear}>
          {filterTexts.clear}
        </Button>
      )}
    </search>
  );
}
