import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useRevealPayload } from '../api/index.ts';
import { executionTexts } from '../texts/index.ts';
import { FormDialog } from '../ui/index.ts';

const t = executionTexts.payloads.revealDialog;
const LEAST_REASON = 10;

/** Asks why masked values are needed, and hands them on. */
export function RevealDialog({
  executionId,
  payloadRef,
  name,
  onRevealed,
  onClose,
}: {
  executionId: string;
  payloadRef: string;
  name: string;
  onRevealed: (clear: { value: unknown }) => void;
  onClose: () => void;
}) {
  const reveal = useRevealPayload(executionId, payloadRef);
  const [reason, setReason] = useState('');
  const isEnough = reason.trim().length >= LEAST_REASON;
  return (
    <FormDialog
      title={t.title(name)}
      submit={t.submit}
      busy={reveal.isPending}
      error={reveal.error}
      disabled={!isEnough}
      onSubmit={() =>
        isEnough &&
        reveal.mutate(reason.trim(), {
          onSuccess: (value) => {
            onRevealed({ value });
            onClose();
          },
        })
      }
      onClose={onClose}
    >
      <p className="cd-dim">{t.effect}</p>
      <Textarea
        label={t.reason}
        description={t.reasonHint}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
        autosize
        minRows={2}
        data-autofocus
      />
    </FormDialog>
  );
}
