import type { Connection } from '@crossdock/api-contract';
import { Button, TextInput } from '@mantine/core';
import { IconPlugConnected, IconPlus, IconSearch } from '@tabler/icons-react';
import { useConnections, useMay } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { connectionTexts } from '../texts/index.ts';
import { DataTable, EmptyState, ErrorState, Segments, Skeleton } from '../ui/index.ts';
import { ConnectionDrawer } from './ConnectionDrawer.tsx';
import { connectionColumns } from './connection-columns.tsx';
import type { ConnectionSearch } from './connection-search.ts';
import classes from './connections.module.css';
import { titleOf } from './title-of.ts';

const t = connectionTexts;

/** The connections of one environment; each opens beside the list. */
export function ConnectionsTab({
  search: { open, q = '', name, type, from },
  onSearch: set,
}: {
  search: ConnectionSearch;
  onSearch: (change: { [K in keyof ConnectionSearch]: ConnectionSearch[K] | undefined }) => void;
}) {
  const { environment, environments, choose } = useEnvironment();
  const mayWrite = useMay('connections:write', environment.name);
  const { data, error, refetch } = useConnections();
  const wantNothing = { name: undefined, type: undefined, from: undefined };
  const source = data?.find(({ id }) => id === from);
  const all = data?.filter(({ env }) => env === environment.name) ?? [];
  const rows = all.filter((connection) => isFound(connection, q));
  const add = mayWrite && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => set({ open: 'new' })}>
      {t.add}
    </Button>
  );
  return (
    <>
      <div className={classes.bar}>
        <Segments
          label={t.environment}
          value={environment.name}
          onChange={choose}
          options={environments.map((each) => ({ value: each.name, label: each.name }))}
        />
        {all.length > 0 && (
          <TextInput
            aria-label={t.search}
            placeholder={t.searchPlaceholder}
            leftSection={<IconSearch size={14} aria-hidden />}
            value={q}
            onChange={(event) => set({ q: event.currentTarget.value || undefined })}
          />
        )}
        <p className={classes.hint}>{t.hint}</p>
        {all.length > 0 && add}
      </div>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={6} />
      ) : all.length === 0 ? (
        <EmptyState icon={IconPlugConnected} title={t.noneTitle(environment.name)} detail={t.noneDetail} action={add} />
      ) : rows.length === 0 ? (
        <EmptyState
          icon={IconSearch}
          title={t.nothingFound}
          action={
            <Button variant="default" onClick={() => set({ q: undefined })}>
              {t.clear}
            </Button>
          }
        />
      ) : (
        <DataTable<Connection>
          label={t.label(environment.name)}
          columns={connectionColumns}
          rows={rows}
          rowKey={({ id }) => id}
          rowLink={({ id }) => ({ to: '/connections', search: { open: id, ...(q ? { q } : {}) } })}
          rowName={(connection) => connection.name}
          rowPx={40}
        />
      )}
      {open !== undefined && data && (
        <ConnectionDrawer
          key={`${environment.name} ${open} ${from}`}
          connection={data.find(({ id }) => id === open)}
          isNew={open === 'new'}
          wanted={{ name: source?.name ?? name, type: source?.type ?? type, source }}
          environment={environment}
          taken={all.map((each) => each.name)}
          onMade={(made) => set({ open: made, ...wantNothing })}
          onClose={() => set({ open: undefined, ...wantNothing })}
        />
      )}
    </>
  );
}

function isFound({ name, type, hosts }: Connection, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  return [name, type, titleOf(type), ...hosts].some((text) => text.toLowerCase().includes(wanted));
}
