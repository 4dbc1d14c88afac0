import type { StatusMap } from '@crossdock/api-contract';
import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useSaveStatusMap } from '../api/index.ts';
import { statusTexts } from '../texts/index.ts';
import { notifyDone, PlainTable, ProblemNote, useUnsavedGuard } from '../ui/index.ts';
import { EventSelect } from './EventSelect.tsx';
import classes from './references.module.css';

const t = statusTexts;
type Entry = StatusMap['entries'][number];

/** The statuses of one system, to be changed line by line and saved as its next version. */
export function StatusMapEditor({ env, map, mayWrite }: { env: string; map: StatusMap; mayWrite: boolean }) {
  const [entries, setEntries] = useState<Entry[]>(map.entries);
  const save = useSaveStatusMap(env);
  const isChanged = JSON.stringify(entries) !== JSON.stringify(map.entries);
  useUnsavedGuard(isChanged, { keys: ['tab', 'env', 'system'], effect: t.discardEffect(map.system) });
  const set = (at: number, change: Partial<Entry>) =>
    setEntries((now) => now.map((entry, n) => (n === at ? { ...entry, ...change } : entry)));
  const submit = () =>
    save.mutate({ ...map, entries }, { onSuccess: ({ system, version }) => notifyDone(t.saved(system, version)) });
  const { columns } = t;
  return (
    <section className={classes.section} aria-label={t.label(map.system)}>
      <h2>
        {map.system} <span className="cd-dim">{t.version(map.version)}</span>{' '}
        {map.updatedBy !== undefined && <span className="cd-dim">{t.changed(map.updatedBy)}</span>}
      </h2>
      {entries.length === 0 ? (
        <p className="cd-dim">{t.empty}</p>
      ) : (
        <PlainTable
          label={t.label(map.system)}
          heads={[{ text: columns.document }, { text: columns.status }, { text: columns.event }, undefined]}
          ofFields
        >
          {entries.map(({ document, status, event }, at) => (
            <tr key={at}>
              <td>
                <TextInput
                  aria-label={t.documentOf(at + 1)}
                  value={document}
                  onChange={(typed) => set(at, { document: typed.currentTarget.value })}
                  disabled={!mayWrite}
                  maxLength={100}
                />
              </td>
              <td>
                <TextInput
                  aria-label={t.statusOf(at + 1)}
                  value={status}
                  onChange={(typed) => set(at, { status: typed.currentTarget.value })}
                  disabled={!mayWrite}
                  maxLength={200}
                />
              </td>
              <td>
                <EventSelect
                  label={t.eventOf(at + 1)}
                  value={event}
                  onChange={(next) => set(at, { event: next })}
                  disabled={!mayWrite}
                />
              </td>
              <td>
                {mayWrite && (
                  <Tooltip label={t.remove(status)}>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t.remove(status)}
                      onClick={() => setEntries((now) => now.filter((_, n) => n !== at))}
                    >
                      <IconTrash size={16} aria-hidden />
                    </ActionIcon>
                  </Tooltip>
                )}
              </td>
            </tr>
          ))}
        </PlainTable>
      )}
      {save.error && <ProblemNote error={save.error} />}
      {mayWrite && (
        <div className={classes.buttons}>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() =>
              setEntries((now) => [...now, { document: now.at(-1)?.document ?? '', status: '', event: null }])
            }
          >
            {t.add}
          </Button>
          <Button disabled={!isChanged} loading={save.isPending} onClick={submit}>
            {t.save}
          </Button>
          {isChanged && (
            <Button variant="subtle" color="gray" onClick={() => setEntries(map.entries)}>
              {t.discard}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
