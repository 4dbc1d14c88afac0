import type { CrossReference, Environment } from '@crossdock/api-contract';
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useUnlinkXref } from '../api/index.ts';
import { documentWord } from '../orders/identifier-words.ts';
import { referenceTexts } from '../texts/index.ts';
import { askToConfirm, notifyDone, PlainTable, RelativeTime } from '../ui/index.ts';
import classes from './references.module.css';

const t = referenceTexts;
type XrefId = CrossReference['ids'][number];

/** One line for each thing, with what each system calls it. */
export function XrefTable({
  rows,
  environment,
  mayWrite,
  more,
}: {
  rows: readonly CrossReference[];
  environment: Environment;
  mayWrite: boolean;
  more: { hasMore: boolean; loading: boolean; load: () => void };
}) {
  const { columns } = t;
  return (
    <>
      <PlainTable
        label={t.label}
        heads={[{ text: columns.entity }, { text: columns.name }, { text: columns.ids }, { text: columns.linked }]}
      >
        {rows.map((row) => (
          <tr key={row.recordId} data-testid="xref">
            <td title={row.entity}>{documentWord(row.entity)}</td>
            <td>{row.ids.find(({ name }) => name !== undefined)?.name}</td>
            <td>
              <div className={classes.ids}>
                {row.ids.map((id) => (
                  <IdChip
                    key={`${id.system} ${id.id}`}
                    id={id}
                    row={row}
                    environment={environment}
                    mayWrite={mayWrite}
                  />
                ))}
                {row.reservations.map(({ system }) => (
                  <span key={system} className="cd-dim">
                    {t.reserved(system)}
                  </span>
                ))}
              </div>
            </td>
            <td>
              <LastLink ids={row.ids} />
            </td>
          </tr>
        ))}
      </PlainTable>
      {more.hasMore && (
        <Button variant="subtle" loading={more.loading} onClick={more.load}>
          {t.more}
        </Button>
      )}
    </>
  );
}

function IdChip({
  id: { system, id },
  row,
  environment,
  mayWrite,
}: {
  id: XrefId;
  row: CrossReference;
  environment: Environment;
  mayWrite: boolean;
}) {
  const unlink = useUnlinkXref(row.env);
  const ask = () =>
    askToConfirm({
      title: t.unlinkTitle(system, id),
      effect: t.unlinkEffect(
        row.ids
          .filter((other) => other.system !== system || other.id !== id)
          .map((other) => `${other.system} "${other.id}"`)
          .join(', '),
        row.env,
      ),
      verb: t.unlinkVerb,
      tone: 'red',
      environment,
      run: async () => {
        await unlink.mutateAsync({ entity: row.entity, system, id });
        notifyDone(t.unlinked(system, id));
      },
    });
  return (
    <span className={classes.id}>
      <span className="cd-dim">{system}</span>
      <span className="cd-mono">{id}</span>
      {mayWrite && (
        <Tooltip label={t.unlink(system, id)}>
          <ActionIcon size="xs" variant="subtle" color="gray" aria-label={t.unlink(system, id)} onClick={ask}>
            <IconX size={12} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </span>
  );
}

/** Who linked last, and when; a flow's execution is one click away. */
function LastLink({ ids }: { ids: readonly XrefId[] }) {
  const last = ids.toSorted((a, b) => (a.at < b.at ? 1 : -1))[0];
  if (!last) return null;
  return (
    <span className="cd-dim">
      <RelativeTime iso={last.at} />{' '}
      {last.origin === 'flow' ? (
        <Link to="/executions/$executionId" params={{ executionId: last.by }}>
          {t.origin.flow}
        </Link>
      ) : (
        `${t.origin[last.origin]} ${last.by}`
      )}
    </span>
  );
}
