import type { Environment, InDoubtFilter, ResolveBody } from '@crossdock/api-contract';
import { Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { useResolveCount, useResolveInDoubt } from '../api/index.ts';
import { BulkDialog } from '../jobs/BulkDialog.tsx';
import { exceptionTexts, repairTexts } from '../texts/index.ts';

type Outcome = ResolveBody['outcome'];

const t = exceptionTexts.decideMany;
const OUTCOMES: readonly Outcome[] = ['done', 'repeat', 'fail'];

/** Says of all calls in doubt that a filter finds how they ended; nothing is chosen beforehand. */
export function DecideManyDialog({
  filter,
  environment,
  onClose,
}: {
  filter: InDoubtFilter;
  environment: Environment | undefined;
  onClose: () => void;
}) {
  const [outcome, setOutcome] = useState<Outcome>();
  const body = { filter, outcome: outcome ?? 'done' };
  const count = useResolveCount(body);
  const resolve = useResolveInDoubt();
  return (
    <BulkDialog
      title={t.title}
      environment={environment}
      count={count}
      texts={t}
      verb={outcome === undefined ? () => t.choose : t.verbs[outcome]}
      {...(outcome === 'fail' ? { tone: 'red' } : {})}
      ready={outcome !== undefined}
      start={() => resolve.mutateAsync(body)}
      onClose={onClose}
    >
      <Radio.Group label={t.outcome} value={outcome ?? null} onChange={(next) => setOutcome(next as Outcome)}>
        <Stack gap={8} mt={6}>
          {OUTCOMES.map((value) => (
            <Radio
              key={value}
              size="xs"
              value={value}
              label={repairTexts.doubt.verbs[value]}
              description={repairTexts.doubt.hints[value]}
            />
          ))}
        </Stack>
      </Radio.Group>
    </BulkDialog>
  );
}
