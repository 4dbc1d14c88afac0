import { recordedActions } from '@crossdock/api-contract';
import { Button, Menu, Select } from '@mantine/core';
import { IconDownload, IconSearch, IconUser } from '@tabler/icons-react';
import { type AuditFilter, auditFilePath, useEnvironments } from '../api/index.ts';
import classes from '../filters/filters.module.css';
import { type Change, TimeFilter, TypedText } from '../filters/index.ts';
import { auditTexts } from '../texts/index.ts';
import { type AuditSearch, isNarrowed } from './audit-search.ts';

const t = auditTexts;

const ACTIONS = recordedActions();

/** Who, action, thing, environment and time; and the way to take what they find along. */
export function AuditFilters({
  search,
  filter,
  set,
  clear,
}: {
  search: AuditSearch;
  filter: AuditFilter;
  set: (change: Change<AuditSearch>) => void;
  clear: () => void;
}) {
  const environments = useEnvironments().data ?? [];
  return (
    <search className={classes.bar}>
      <TypedText
        label={t.filters.who}
        placeholder={t.filters.whoPlaceholder}
        value={search.who ?? ''}
        onSettled={(who) => set({ who: who || undefined })}
        icon={IconUser}
        width={184}
      />
      <Select
        aria-label={t.filters.action}
        placeholder={t.filters.anyAction}
        data={ACTIONS}
        value={search.action ?? null}
        onChange={(action) => set({ action: action ?? undefined })}
        searchable
        clearable
        w={200}
      />
      <TypedText
        label={t.filters.thing}
        placeholder={t.filters.thingPlaceholder}
        value={search.thing ?? ''}
        onSettled={(thing) => set({ thing: thing || undefined })}
        icon={IconSearch}
        width={208}
      />
      <Select
        aria-label={t.filters.env}
        placeholder={t.filters.anyEnv}
        data={environments.map(({ name }) => name)}
        value={search.in ?? null}
        onChange={(env) => set({ in: env ?? undefined })}
        clearable
        w={160}
      />
      <TimeFilter search={search} set={set} />
      {isNarrowed(search) && (
        <Button variant="subtle" color="gray" onClick={clear}>
          {t.filters.clear}
        </Button>
      )}
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <Button variant="default" ml="auto" leftSection={<IconDownload size={16} aria-hidden />}>
            {t.export}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" href={auditFilePath(filter, 'csv')} download>
            {t.exportCsv}
          </Menu.Item>
          <Menu.Item component="a" href={auditFilePath(filter, 'jsonl')} download>
            {t.exportJson}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </search>
  );
}
