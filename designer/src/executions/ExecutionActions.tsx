import type { ExecutionDetail } from '@crossdock/api-contract';
import { Button } from '@mantine/core';
import { IconBan, IconRepeat } from '@tabler/icons-react';
import { isUnfinished, useCancelExecution, useEnvironments, useMay } from '../api/index.ts';
import { repairTexts } from '../texts/index.ts';
import { askToConfirm, notifyDone } from '../ui/index.ts';
import { CancelEffect } from './CancelEffect.tsx';

const t = repairTexts;

/** What can be done about an execution: cancel it while it runs, replay it once it has ended. */
export function ExecutionActions({ execution, onReplay }: { execution: ExecutionDetail; onReplay: () => void }) {
  const mayReplay = useMay('executions:replay', execution.env);
  const mayCancel = useMay('executions:cancel', execution.env);
  const cancel = useCancelExecution(execution.executionId);
  const tone = useEnvironments().data?.find(({ name }) => name === execution.env)?.tone ?? 'neutral';
  if (!isUnfinished(execution.status))
    return mayReplay ? (
      <Button variant="default" leftSection={<IconRepeat size={16} stroke={1.5} aria-hidden />} onClick={onReplay}>
        {t.replay.action}
      </Button>
    ) : null;
  // What is being undone is undone to its end.
  if (!mayCancel || execution.status === 'compensating') return null;
  return (
    <Button
      variant="default"
      leftSection={<IconBan size={16} stroke={1.5} aria-hidden />}
      onClick={() =>
        askToConfirm({
          title: t.cancel.title,
          effect: <CancelEffect execution={execution} />,
          verb: t.cancel.verb,
          dismiss: t.cancel.dismiss,
          tone: 'red',
          environment: { name: execution.env, tone },
          run: async () => {
            await cancel.mutateAsync(undefined);
            notifyDone(t.cancel.done);
          },
        })
      }
    >
      {t.cancel.action}
    </Button>
  );
}
