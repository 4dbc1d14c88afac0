import type { Doubt, ResolveBody } from '@crossdock/api-contract';
import { reasonOf } from '@crossdock/errors';
import { parsePayload } from '@crossdock/payload';
import { Input } from '@mantine/core';
import { useState } from 'react';
import { sentence, useEnvironments, useResolveExecution } from '../api/index.ts';
import { CodeEditor } from '../code/CodeEditor.tsx';
import { repairTexts } from '../texts/index.ts';
import { FormDialog, notifyDone } from '../ui/index.ts';
import classes from './DoubtPanel.module.css';

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
  const tone = useEnvironments().data?.find(({ name }) => name === env)?.tone ?? 'neutral';
  const resolve = useResolveExecution(executionId);
  const output = read(text);
  const submit = () => {
    setTried(true);
    if ('reason' in output) return;
    resolve.mutate(
      { outcome, nodeId, iteration, ...(outcome === 'done' ? output : {}) },
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
      {...(outcome === 'fail' ? { tone: 'red' } : {})}
    >
      <div className={classes.dialog} data-tone={tone}>
        <p>{t.hints[outcome]}</p>
        {outcome === 'done' && (
          <div>
            <Input.Label>{t.output}</Input.Label>
            <Input.Description mb={4}>{t.outputHint}</Input.Description>
            <CodeEditor
              height={200}
              language="json"
              label={t.output}
              value={text}
              onChange={setText}
              testId="doubt-output"
            />
            {tried && 'reason' in output ? <Input.Error mt={4}>{sentence(output.reason)}</Input.Error> : null}
          </div>
        )}
      </div>
    </FormDialog>
  );
}

function read(text: string): { output?: unknown } | { reason: string } {
  if (text.trim() === '') return {};
  try {
    return { output: parsePayload(text) };
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}
