import { reasonOf } from '@crossdock/errors';
import { parsePayload } from '@crossdock/payload';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiError, payloadQuery, sentence, useMay } from '../api/index.ts';
import { CodeEditor } from '../code/CodeEditor.tsx';
import { repairTexts } from '../texts/index.ts';
import { ErrorState, MASKED, Skeleton } from '../ui/index.ts';
import classes from './replay.module.css';

const t = repairTexts.replay;

/** What a person made of the payload: nothing, another value, or text that is no JSON yet. */
export type Edited = { kind: 'original' } | { kind: 'edited'; value: unknown } | { kind: 'invalid' };

/** What the replay begins with, to be edited; what is left as it was is not sent. */
export function ReplayPayload({
  executionId,
  payloadRef,
  onChange,
}: {
  executionId: string;
  payloadRef: string;
  onChange: (edited: Edited) => void;
}) {
  const mayRead = useMay('payloads:read');
  const { data, error, isPending, refetch } = useQuery({ ...payloadQuery(executionId, payloadRef), enabled: mayRead });
  if (!mayRead) return <p className="cd-dim">{t.payloadForbidden}</p>;
  if (error)
    return error instanceof ApiError && error.status === 404 ? (
      <p className="cd-dim">
        {t.payloadGone} {t.payloadOriginal}
      </p>
    ) : (
      <ErrorState error={error} onRetry={() => void refetch()} />
    );
  if (isPending) return <Skeleton rows={10} />;
  return <Editor original={JSON.stringify(data, null, 2)} onChange={onChange} />;
}

function Editor({ original, onChange }: { original: string; onChange: (edited: Edited) => void }) {
  const [text, setText] = useState(original);
  const isEdited = text !== original;
  const parsed = isEdited ? read(text) : undefined;
  const change = (next: string) => {
    setText(next);
    const result = next === original ? undefined : read(next);
    onChange(
      result === undefined
        ? { kind: 'original' }
        : result.ok
          ? { kind: 'edited', value: result.value }
          : { kind: 'invalid' },
    );
  };
  // Another place, another payload: what was typed for the one before means nothing here.
  useEffect(() => () => onChange({ kind: 'original' }), [onChange]);
  return (
    <>
      <div className={classes.head}>
        {t.payload}
        {isEdited ? (
          <span className={classes.edited} data-testid="payload-edited">
            {t.edited}
          </span>
        ) : (
          <span className={classes.original}>{t.original}</span>
        )}
        {isEdited && (
          <Button size="compact-xs" variant="subtle" onClick={() => change(original)}>
            {t.restore}
          </Button>
        )}
      </div>
      <CodeEditor
        height={368}
        language="json"
        label={t.payload}
        value={text}
        onChange={change}
        testId="replay-payload"
      />
      {parsed && !parsed.ok ? (
        <div className={classes.wrong} role="alert">
          {sentence(parsed.reason)}
        </div>
      ) : original.includes(MASKED) ? (
        <div className="cd-dim">{t.payloadHint}</div>
      ) : null}
    </>
  );
}

/** Read as a hook reads it: numbers too long for a double stay text. */
function read(text: string): { ok: true; value: unknown } | { ok: false; reason: string } {
  try {
    return { ok: true, value: parsePayload(text) };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}
