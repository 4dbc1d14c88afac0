import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiError, payloadQuery, useMay } from '../api/index.ts';
import { JsonField, jsonText, readJson } from '../code/index.ts';
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
  return <Editor original={jsonText(data)} onChange={onChange} />;
}

function Editor({ original, onChange }: { original: string; onChange: (edited: Edited) => void }) {
  const [text, setText] = useState(original);
  const isEdited = text !== original;
  const parsed = isEdited ? readJson(text) : undefined;
  const change = (next: string) => {
    setText(next);
    const result = next === original ? undefined : readJson(next);
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
      <JsonField
        height={368}
        label={t.payload}
        value={text}
        onChange={change}
        problems={parsed && !parsed.ok ? parsed.problems : []}
        testId="replay-payload"
      />
      {original.includes(MASKED) && <div className="cd-dim">{t.payloadHint}</div>}
    </>
  );
}
