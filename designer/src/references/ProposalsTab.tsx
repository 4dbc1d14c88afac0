import type { CrossReference, CrossReferenceProposal } from '@crossdock/api-contract';
import { Button } from '@mantine/core';
import { IconLinkPlus } from '@tabler/icons-react';
import { useLinkXref, useMay, useXrefNames, useXrefProposals } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import type { Change } from '../filters/index.ts';
import { documentWord } from '../orders/identifier-words.ts';
import { referenceTexts } from '../texts/index.ts';
import { EmptyState, ErrorState, notifyDone, notifyError, PlainTable, Skeleton, TabPage } from '../ui/index.ts';
import { NameSelect } from './NameSelect.tsx';
import type { ReferenceSearch } from './reference-search.ts';

const t = referenceTexts.proposals;

/** Things that may be one; a person decides. */
export function ProposalsTab({
  search: { entity: chosen },
  set,
}: {
  search: ReferenceSearch;
  set: (change: Change<ReferenceSearch>) => void;
}) {
  const { environment } = useEnvironment();
  const { name: env } = environment;
  const names = useXrefNames(env);
  const entity = chosen ?? names.data?.[0]?.entity;
  const { data, error, isPending, refetch } = useXrefProposals(env, entity);
  const mayWrite = useMay('references:write', env);
  const isEmpty = (names.isSuccess && entity === undefined) || data?.length === 0;
  return (
    <TabPage
      head={
        <>
          <NameSelect
            label={referenceTexts.entity}
            names={names.data?.map((one) => one.entity) ?? []}
            wordOf={documentWord}
            value={entity}
            onChange={(next) => set({ entity: next })}
          />
          <p className="cd-dim">{t.hint}</p>
        </>
      }
    >
      {(error ?? names.error) ? (
        <ErrorState error={error ?? names.error} onRetry={() => void refetch()} />
      ) : isEmpty ? (
        <EmptyState icon={IconLinkPlus} title={t.noneTitle} detail={t.noneDetail} />
      ) : isPending ? (
        <Skeleton rows={6} />
      ) : (
        <ProposalTable env={env} proposals={data ?? []} mayWrite={mayWrite} />
      )}
    </TabPage>
  );
}

function ProposalTable({
  env,
  proposals,
  mayWrite,
}: {
  env: string;
  proposals: readonly CrossReferenceProposal[];
  mayWrite: boolean;
}) {
  const link = useLinkXref(env);
  const { columns } = t;
  const accept = ({ a, b }: CrossReferenceProposal) => {
    const ids = [a, b].flatMap(({ ids: [first] }) => (first ? [{ system: first.system, id: first.id }] : []));
    link.mutate(
      { entity: a.entity, ids, origin: 'proposal' },
      { onSuccess: () => notifyDone(t.accepted), onError: (error) => notifyError(error) },
    );
  };
  return (
    <PlainTable
      label={t.label}
      heads={[
        { text: columns.one },
        { text: columns.other },
        { text: columns.because },
        { text: columns.confidence, isNumber: true },
        undefined,
      ]}
    >
      {proposals.map((proposal) => (
        <tr key={`${proposal.a.recordId} ${proposal.b.recordId}`}>
          <td>{nameOf(proposal.a)}</td>
          <td>{nameOf(proposal.b)}</td>
          <td>{proposal.because.join(', ')}</td>
          <td data-number>{Math.round(proposal.confidence * 100)} %</td>
          <td>
            {mayWrite && (
              <Button
                size="compact-xs"
                variant="default"
                aria-label={t.acceptLabel(nameOf(proposal.a), nameOf(proposal.b))}
                onClick={() => accept(proposal)}
              >
                {t.accept}
              </Button>
            )}
          </td>
        </tr>
      ))}
    </PlainTable>
  );
}

function nameOf({ ids }: CrossReference): string {
  const name = ids.find((one) => one.name !== undefined)?.name;
  const all = ids.map(({ system, id }) => `${system} ${id}`).join(', ');
  return name === undefined ? all : `${name} (${all})`;
}
