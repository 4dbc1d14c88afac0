import type { AuditRow } from '@crossdock/api-contract';
import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useAudit } from '../api/index.ts';
import { FilteredList } from '../filters/index.ts';
import { auditTexts } from '../texts/index.ts';
import { type Column, DataTable, RelativeTime } from '../ui/index.ts';
import { Actor } from './Actor.tsx';
import { AuditFilters } from './AuditFilters.tsx';
import { AuditRowDialog } from './AuditRowDialog.tsx';
import { thingIn } from './audit-rows.ts';
import { type AuditSearch, auditFilterOf, isNarrowed } from './audit-search.ts';

const t = auditTexts;

/** Who changed what, newest first; each row opens with what differs. */
export function AuditTab({
  search,
  onSearch,
}: {
  search: AuditSearch;
  /** Replaces what the address says of the audit. */
  onSearch: (next: AuditSearch) => void;
}) {
  const { row: openRow, ...shown } = search;
  const address = JSON.stringify(shown);
  // Its time is counted back from when the address changed.
  const filter = useMemo(() => auditFilterOf(JSON.parse(address) as AuditSearch, Date.now()), [address]);
  const query = useAudit(filter);
  const open = (row: AuditRow) => onSearch({ ...shown, row: String(row.number) });
  const columns = auditColumns(open);
  const clear = () => onSearch({});
  return (
    <>
      <AuditFilters
        search={search}
        filter={filter}
        set={(change) => onSearch({ ...shown, ...change } as AuditSearch)}
        clear={clear}
      />
      <FilteredList
        query={query}
        skeletonRows={14}
        narrowed={isNarrowed(search)}
        onClear={clear}
        none={{ icon: IconHistory, title: t.noneTitle, detail: t.noneDetail }}
      >
        {(rows, more) => (
          <DataTable
            label={t.label}
            columns={columns}
            rows={rows}
            rowKey={({ number }) => String(number)}
            onOpen={open}
            more={more}
          />
        )}
      </FilteredList>
      {openRow !== undefined && <AuditRowDialog number={Number(openRow)} onClose={() => onSearch(shown)} />}
    </>
  );
}

function auditColumns(open: (row: AuditRow) => void): Column<AuditRow>[] {
  return [
    {
      id: 'action',
      header: t.action,
      width: '184px',
      cell: (row) => (
        <Button variant="transparent" size="compact-sm" px={0} onClick={() => open(row)}>
          {row.action}
        </Button>
      ),
    },
    {
      id: 'thing',
      header: t.thing,
      width: 'minmax(160px, 1.2fr)',
      cell: (row) => <span title={row.thing}>{thingIn(row)}</span>,
    },
    { id: 'env', header: t.env, width: '96px', from: 720, cell: ({ env }) => env ?? '' },
    { id: 'who', header: t.who, width: 'minmax(160px, 1fr)', cell: ({ by }) => <Actor by={by} /> },
    {
      id: 'reason',
      header: t.reason,
      width: 'minmax(120px, 1fr)',
      from: 1040,
      cell: ({ reason }) => reason !== null && <span title={reason}>{reason}</span>,
    },
    {
      id: 'from',
      header: t.from,
      width: '136px',
      from: 900,
      cell: ({ address }) => <span className="cd-num">{address ?? ''}</span>,
    },
    { id: 'at', header: t.at, width: '128px', cell: ({ at }) => <RelativeTime iso={at} /> },
  ];
}
