import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay, useStatusMaps } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import type { Change } from '../filters/index.ts';
import { statusTexts } from '../texts/index.ts';
import { ErrorState, Skeleton, TabPage } from '../ui/index.ts';
import { AddSystemDialog } from './AddSystemDialog.tsx';
import { NameSelect } from './NameSelect.tsx';
import type { ReferenceSearch } from './reference-search.ts';
import { StatusMapEditor } from './StatusMapEditor.tsx';
import { UnmappedStatuses } from './UnmappedStatuses.tsx';

const t = statusTexts;

/** What each system's own statuses mean in an environment, and those that flows met and nobody has mapped. */
export function StatusMapsTab({
  search: { system: chosen },
  set,
}: {
  search: ReferenceSearch;
  set: (change: Change<ReferenceSearch>) => void;
}) {
  const { environment } = useEnvironment();
  const { name: env } = environment;
  const { data: maps, error, refetch } = useStatusMaps(env);
  const mayWrite = useMay('statuses:write', env);
  const [isAdding, setAdding] = useState(false);
  const known = maps?.find(({ system }) => system === chosen);
  const fresh = chosen === undefined ? undefined : { system: chosen, version: 0, entries: [] };
  const map = known ?? fresh ?? maps?.[0];
  return (
    <TabPage
      head={
        <>
          <NameSelect
            label={t.system}
            names={maps?.map(({ system }) => system) ?? []}
            value={map?.system}
            onChange={(system) => set({ system })}
          />
          {mayWrite && (
            <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
              {t.addSystem}
            </Button>
          )}
          <p className="cd-dim">{t.hint}</p>
        </>
      }
    >
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !maps || !map ? (
        <Skeleton rows={8} />
      ) : (
        <>
          <UnmappedStatuses env={env} maps={maps} mayWrite={mayWrite} />
          <StatusMapEditor key={`${env} ${map.system} ${map.version}`} env={env} map={map} mayWrite={mayWrite} />
        </>
      )}
      {isAdding && (
        <AddSystemDialog
          known={maps?.map(({ system }) => system) ?? []}
          onAdd={(system) => {
            setAdding(false);
            set({ system });
          }}
          onClose={() => setAdding(false)}
        />
      )}
    </TabPage>
  );
}
