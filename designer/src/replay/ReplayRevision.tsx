import type { ExecutionDetail, ReplayBody } from '@crossdock/api-contract';
import { Radio, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { deploymentsQuery, revisionsQuery } from '../api/index.ts';
import { repairTexts } from '../texts/index.ts';

const t = repairTexts.revision;

export type Revision = NonNullable<ReplayBody['revision']>;

/** On which revision: the one it ran on, the deployed one, or another by its number. */
export function ReplayRevision({
  execution,
  value,
  onChange,
}: {
  execution: Pick<ExecutionDetail, 'flowId' | 'env' | 'revision'>;
  value: Revision;
  onChange: (value: Revision) => void;
}) {
  const deployments = useQuery(deploymentsQuery(execution.env));
  const revisions = useQuery(revisionsQuery(execution.flowId));
  const deployed = deployments.data?.find(({ flowId }) => flowId === execution.flowId)?.revision;
  const newest = revisions.data?.[0]?.revision;
  return (
    <Radio.Group
      label={t.label}
      value={typeof value === 'number' ? 'other' : value}
      onChange={(next) => onChange(next === 'other' ? (newest ?? execution.revision) : (next as 'same' | 'deployed'))}
    >
      <Stack gap={8} mt={6}>
        <Radio size="xs" value="same" label={t.same(execution.revision)} />
        <Radio
          size="xs"
          value="deployed"
          label={deployed === undefined ? t.deployedNone(execution.env) : t.deployed(deployed, execution.env)}
          disabled={deployed === undefined}
        />
        <Radio size="xs" value="other" label={t.other} disabled={newest === undefined} />
        {typeof value === 'number' && (
          <Select
            aria-label={t.pick}
            data={(revisions.data ?? []).map(({ revision, message }) => ({
              value: String(revision),
              label: message ? `r${revision} · ${message}` : `r${revision}`,
            }))}
            value={String(value)}
            onChange={(next) => next && onChange(Number(next))}
            allowDeselect={false}
            searchable
            ml={24}
          />
        )}
      </Stack>
    </Radio.Group>
  );
}
