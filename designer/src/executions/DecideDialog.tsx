import type { Doubt, ResolveBody } from '@crossdock/api-contract';
import { useState } from 'react';
import { useEnvironments, useResolveExecution } from '../api/index.ts';
import { JsonField, type Read, readJson } from '../code/index.ts';
import { repairTexts } from '../texts/index.ts';
import { FormDialog, notifyDone } from '../ui/index.ts';

const t = repairTexts.doubt;

/** Says how a call in doubt ended; for one that was done, also what it gave, where that is known. */
export function DecideDialog({
  executionId,
  env,
  doubt: { nodeId, iteration },
  node,
  outcome,
  onClose,
}: {
  executionId: string;
  env: string;
  doubt: Doubt;
  node: string;
  outcome: ResolveBody['outcome'];
  onClose: () => void;
}) {
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const environment = useEnvironments().data?.find(({ name }) => name === env);
  const resolve = useResolveExecution(executionId);
  const output = readOutput(text);
  const submit = () => {
    setTried(true);
    if (!output.ok) return;
    resolve.mutate(
      { outcome, nodeId, iteration, ...(outcome === 'done' ? output.value : {}) },
      {
        onSuccess: () => {
          onClose();
          notifyDone(t.decided[outcome]);
        },
      },
    );
  };
  return (
    <FormDialog
      title={t.decide[outcome](node)}
      submit={t.verbs[outcome]}
      busy={resolve.isPending}
      error={resolve.error}
      onSubmit={submit}
      onClose={onClose}
      size={560}
      environment={environment}
      {...(outcome === 'fail' ? { tone: 'red' } : {})}
    >
      <p>{t.hints[outcome]}</p>
      {outcome === 'done' && (
        <JsonField
          label={t.output}
          isLabelShown
          hint={t.outputHint}
          height={200}
          value={text}
          onChange={setText}
          problems={tried && !output.ok ? output.problems : []}
          testId="doubt-output"
        />
      )}
    </FormDialog>
  );
}

/** Nothing written is nothing known. */
function readOutput(text: string): Read<{ output?: unknown }> {
  if (text.trim() === '') return { ok: true, value: {} };
  const read = readJson(text);
  return read.ok ? { ok: true, value: { output: read.value } } : read;
}
