import { Select } from '@mantine/core';
import { useOrderFacets } from '../api/index.ts';
import type { Change } from '../filters/index.ts';
import { orderTexts } from '../texts/index.ts';
import { Segments } from '../ui/index.ts';
import { AGE_NAMES, type Age, type OrderSearch } from './order-search.ts';

const t = orderTexts.list;
const KINDS = ['all', 'exception', 'hold'] as const;

interface FilterProps {
  env: string;
  search: OrderSearch;
  set: (change: Change<OrderSearch>) => void;
}

/** What is open: which hold or exception, whose, and for how long. */
export function IssueFilters({ env, search, set }: FilterProps) {
  const issues = useOrderFacets(env).data?.issues ?? [];
  const counts = new Map<string, { label: string; kind: 'hold' | 'exception'; count: number }>();
  for (const { kind, code, title, count } of issues)
    counts.set(code, { label: title, kind, count: count + (counts.get(code)?.count ?? 0) });
  const ofKind = (wanted: 'hold' | 'exception') =>
    [...counts].flatMap(([value, { kind, label, count }]) =>
      kind === wanted ? [{ value, label: t.counted(label, count) }] : [],
    );
  const groups: { group: string; items: { value: string; label: string }[] }[] = [
    { group: t.exceptions, items: ofKind('exception') },
    { group: t.holds, items: ofKind('hold') },
  ].filter(({ items }) => items.length > 0);
  if (search.issue !== undefined && !counts.has(search.issue))
    groups.push({ group: t.issue, items: [{ value: search.issue, label: search.issue }] });
  const owners = new Set(issues.flatMap(({ owner }) => owner ?? []));
  if (search.owner !== undefined) owners.add(search.owner);
  return (
    <>
      <Select
        aria-label={t.issue}
        placeholder={t.anyIssue}
        data={groups}
        value={search.issue ?? null}
        onChange={(issue) => set({ issue: issue ?? undefined })}
        searchable
        clearable
        w={216}
        comboboxProps={{ width: 280, position: 'bottom-start' }}
      />
      <Segments
        label={t.kind}
        value={search.kind ?? 'all'}
        options={KINDS.map((value) => ({ value, label: t.kinds[value] }))}
        onChange={(kind) => set({ kind: kind === 'all' ? undefined : kind })}
      />
      <Select
        aria-label={t.owner}
        placeholder={t.anyOwner}
        data={[...owners].sort()}
        value={search.owner ?? null}
        onChange={(owner) => set({ owner: owner ?? undefined })}
        searchable
        clearable
        w={152}
      />
      <Select
        aria-label={t.age}
        placeholder={t.anyAge}
        data={AGE_NAMES.map((value) => ({ value, label: `> ${t.ages[value]}` }))}
        value={search.age ?? null}
        onChange={(age) => set({ age: (age as Age | null) ?? undefined })}
        clearable
        w={136}
      />
    </>
  );
}

/** Where orders came from. Nothing where all came the same way. */
export function ChannelFilter({ env, search, set }: FilterProps) {
  const channels = useOrderFacets(env).data?.channels ?? [];
  const data = channels.map(({ channel, count }) => ({ value: channel, label: t.counted(channel, count) }));
  if (search.channel !== undefined && !channels.some(({ channel }) => channel === search.channel))
    data.push({ value: search.channel, label: search.channel });
  if (data.length < 2 && search.channel === undefined) return null;
  return (
    <Select
      aria-label={t.channel}
      placeholder={t.anyChannel}
      data={data}
      value={search.channel ?? null}
      onChange={(channel) => set({ channel: channel ?? undefined })}
      searchable
      clearable
      w={152}
    />
  );
}
