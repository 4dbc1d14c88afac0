import { Button, TextInput } from '@mantine/core';
import { IconFilterOff, IconPlus, IconSearch, IconSitemap, IconUpload } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useFlows, useMay } from '../api/index.ts';
import { flowTexts } from '../texts/index.ts';
import { DataTable, EmptyState, ErrorState, PageBar, Skeleton } from '../ui/index.ts';
import { FileDropZone } from './FileDropZone.tsx';
import classes from './FlowListPage.module.css';
import { useFlowColumns } from './flow-columns.tsx';

const t = flowTexts.list;
const route = getRouteApi('/frame/flows');
// Both are more than the list itself.
const CreateFlowDialog = lazy(async () => ({ default: (await import('./CreateFlowDialog.tsx')).CreateFlowDialog }));
const ImportFlowDialog = lazy(async () => ({ default: (await import('./ImportFlowDialog.tsx')).ImportFlowDialog }));

/** All flows: what each does, whether it is sound, published and deployed, and who touched it last. */
export function FlowListPage() {
  const { q = '', dialog } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: flows, error, isPending, refetch } = useFlows();
  const mayWrite = useMay('flows:write');
  const columns = useFlowColumns();
  const [file, setFile] = useState<File>();
  const shown = useMemo(() => (flows ?? []).filter((flow) => holds(flow, q)), [flows, q]);
  const set = (change: { q?: string | undefined; dialog?: 'create' | 'import' | undefined }) =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true });
  const buttons = (
    <>
      <Button
        variant="default"
        leftSection={<IconUpload size={16} aria-hidden />}
        onClick={() => set({ dialog: 'import' })}
      >
        {t.import}
      </Button>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => set({ dialog: 'create' })}>
        {t.create}
      </Button>
    </>
  );

  return (
    <FileDropZone
      className={classes.page}
      disabled={!mayWrite}
      hint={t.drop}
      onFile={(dropped) => {
        setFile(dropped);
        set({ dialog: 'import' });
      }}
    >
      <PageBar title={flowTexts.title} crumbs={[{ label: flowTexts.title }]}>
        {mayWrite && buttons}
      </PageBar>
      {(flows?.length ?? 0) > 0 && (
        <search className={classes.bar}>
          <TextInput
            type="search"
            aria-label={t.search}
            placeholder={t.searchPlaceholder}
            leftSection={<IconSearch size={14} aria-hidden />}
            value={q}
            onChange={(event) => set({ q: event.currentTarget.value || undefined })}
            w={280}
          />
        </search>
      )}
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Skeleton rows={8} />
      ) : shown.length > 0 ? (
        <DataTable
          label={t.label}
          columns={columns}
          rows={shown}
          rowPx={48}
          rowKey={(flow) => flow.id}
          rowName={(flow) => flow.name}
          rowLink={(flow) => ({ to: '/flows/$flowId', params: { flowId: flow.id } })}
        />
      ) : flows.length > 0 ? (
        <EmptyState
          icon={IconFilterOff}
          title={t.noMatchTitle}
          detail={t.noMatchDetail(q)}
          action={<Button onClick={() => set({ q: undefined })}>{t.clearSearch}</Button>}
        />
      ) : (
        <EmptyState icon={IconSitemap} title={t.noneTitle} detail={t.noneDetail} action={mayWrite && buttons} />
      )}
      {mayWrite && (
        <Suspense>
          {dialog === 'create' && <CreateFlowDialog onClose={() => set({ dialog: undefined })} />}
          {dialog === 'import' && (
            <ImportFlowDialog
              file={file}
              onClose={() => {
                setFile(undefined);
                set({ dialog: undefined });
              }}
            />
          )}
        </Suspense>
      )}
    </FileDropZone>
  );
}

function holds(flow: { id: string; name: string; description: string }, query: string): boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const text = `${flow.name} ${flow.id} ${flow.description}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
