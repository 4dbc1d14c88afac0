import { Button } from '@mantine/core';
import { IconLink, IconSearch, IconUpload } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useMay, useXrefNames, useXrefs } from '../api/index.ts';
import { dropEmpty } from '../app/search-params.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { type Change, FilteredList, TypedText } from '../filters/index.ts';
import { documentWord } from '../orders/identifier-words.ts';
import { referenceTexts } from '../texts/index.ts';
import { TabPage } from '../ui/index.ts';
import { ImportDialog } from './ImportDialog.tsx';
import { LinkDialog } from './LinkDialog.tsx';
import { NameSelect } from './NameSelect.tsx';
import type { ReferenceSearch } from './reference-search.ts';
import classes from './references.module.css';
import { XrefTable } from './XrefTable.tsx';

const t = referenceTexts;

/** Things with their ids in every system: found by any of them, linked and taken apart. */
export function XrefTab({ search, set }: { search: ReferenceSearch; set: (change: Change<ReferenceSearch>) => void }) {
  const { environment } = useEnvironment();
  const { name: env } = environment;
  const { entity, system, missing, q } = search;
  const filter = useMemo(() => dropEmpty({ entity, system, missing, q: q?.trim() }), [entity, system, missing, q]);
  const query = useXrefs(env, filter);
  const names = useXrefNames(env).data ?? [];
  const mayWrite = useMay('references:write', env);
  const [dialog, setDialog] = useState<'link' | 'import'>();
  const isNarrowed = Object.keys(filter).length > 0;
  const clear = () => set({ q: undefined, entity: undefined, system: undefined, missing: undefined });
  const systems = names.map((one) => one.system);
  const buttons = mayWrite && (
    <>
      <Button variant="default" leftSection={<IconUpload size={16} aria-hidden />} onClick={() => setDialog('import')}>
        {t.import.open}
      </Button>
      <Button leftSection={<IconLink size={16} aria-hidden />} onClick={() => setDialog('link')}>
        {t.link.open}
      </Button>
    </>
  );
  return (
    <TabPage
      head={
        <search className={classes.filters} aria-label={t.tabs.ids}>
          <TypedText
            label={t.search}
            placeholder={t.searchPlaceholder}
            value={q ?? ''}
            onSettled={(next) => set({ q: next || undefined })}
            icon={IconSearch}
            width={280}
          />
          <NameSelect
            label={t.entity}
            any={t.anyEntity}
            names={names.map((one) => one.entity)}
            wordOf={documentWord}
            value={entity}
            onChange={(next) => set({ entity: next })}
          />
          <NameSelect
            label={t.system}
            any={t.system}
            names={systems}
            value={system}
            onChange={(next) => set({ system: next })}
          />
          <NameSelect
            label={t.missing}
            any={t.missing}
            names={systems}
            value={missing}
            onChange={(next) => set({ missing: next })}
          />
          {buttons && <span className={classes.verbs}>{buttons}</span>}
        </search>
      }
    >
      <FilteredList
        query={query}
        skeletonRows={10}
        narrowed={isNarrowed}
        onClear={clear}
        none={{ icon: IconLink, title: t.noneTitle(env), detail: t.noneDetail }}
      >
        {(rows, more) => <XrefTable {...{ rows, environment, mayWrite, more }} />}
      </FilteredList>
      {dialog === 'link' && <LinkDialog env={env} entity={entity} onClose={() => setDialog(undefined)} />}
      {dialog === 'import' && <ImportDialog env={env} entity={entity} onClose={() => setDialog(undefined)} />}
    </TabPage>
  );
}
