import type { DeadLetterFilter, Environment } from '@crossdock/api-contract';
import { Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { useReplayCount, useReplayDeadLetters } from '../api/index.ts';
import { BulkDialog } from '../jobs/BulkDialog.tsx';
import { exceptionTexts, repairTexts } from '../texts/index.ts';
import { type ReplayEffects, ReplayKeys } from './ReplayKeys.tsx';

const t = exceptionTexts.replayMany;

/** Replays all dead letters that a filter finds: what it comes to is counted first, for the very choices made. */
export function ReplayManyDialog({
  filter,
  environment,
  onClose,
}: {
  filter: DeadLetterFilter;
  environment: Environment | undefined;
  onClose: () => void;
}) {
  const [from, setFrom] = useState<'failed' | 'trigger'>('failed');
  const [revision, setRevision] = useState<'same' | 'deployed'>('same');
  const [effects, setEffects] = useState<ReplayEffects>('same-keys');
  const body = { filter, from, revision, effects };
  const count = useReplayCount(body);
  const replay = useReplayDeadLetters();
  return (
    <BulkDialog
      title={t.title}
      environment={environment}
      count={count}
      texts={t}
      verb={t.verb}
      {...(effects === 'new-keys' ? { tone: 'red' } : {})}
      start={() => replay.mutateAsync(body)}
      onClose={onClose}
    >
      <Radio.Group label={t.from} value={from} onChange={(next) => setFrom(next as typeof from)}>
        <Stack gap={8} mt={6}>
          <Radio size="xs" value="failed" label={t.fromFailed} description={t.fromFailedHint} />
          <Radio size="xs" value="trigger" label={t.fromTrigger} description={t.fromTriggerHint} />
        </Stack>
      </Radio.Group>
      <Radio.Group
        label={repairTexts.revision.label}
        value={revision}
        onChange={(next) => setRevision(next as typeof revision)}
      >
        <Stack gap={8} mt={6}>
          <Radio size="xs" value="same" label={repairTexts.revision.sameMany} />
          <Radio size="xs" value="deployed" label={repairTexts.revision.deployedMany} />
        </Stack>
      </Radio.Group>
      <ReplayKeys value={effects} onChange={setEffects} />
    </BulkDialog>
  );
}
