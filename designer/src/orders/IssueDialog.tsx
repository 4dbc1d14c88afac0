import type { OrderDetail } from '@crossdock/api-contract';
import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type SaidOfOrder, useEnvironments, useMe, useSayOfOrder } from '../api/index.ts';
import { orderTexts } from '../texts/index.ts';
import { FormDialog, notifyDone } from '../ui/index.ts';

const t = orderTexts.issues;

/** What is to be done about which hold or exception. */
export interface IssueDecision {
  readonly what: SaidOfOrder['what'];
  readonly id: string;
  /** What people call it. */
  readonly title: string;
}

/** Asks for what belongs to a decision, says its effect, and takes it. */
export function IssueDialog({
  order: { env, orderId },
  decision: { what, id, title },
  onClose,
}: {
  order: OrderDetail;
  decision: IssueDecision;
  onClose: () => void;
}) {
  const me = useMe()?.name ?? '';
  const [text, setText] = useState(what === 'assignException' ? me : '');
  const environment = useEnvironments().data?.find(({ name }) => name === env);
  const say = useSayOfOrder(env, orderId);
  const words = t.decisions[what];
  const isNeeded = what === 'assignException' || what === 'commentException';
  const trimmed = text.trim();
  return (
    <FormDialog
      title={words.title(title)}
      submit={words.verb}
      busy={say.isPending}
      error={say.error}
      disabled={isNeeded && trimmed === ''}
      onSubmit={() =>
        say.mutate(saidOf(what, id, trimmed), {
          onSuccess: () => {
            onClose();
            notifyDone(words.done(title));
          },
        })
      }
      onClose={onClose}
      environment={environment}
    >
      <p>{words.effect}</p>
      {what === 'assignException' ? (
        <TextInput
          label={words.field}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maxLength={500}
          data-autofocus
        />
      ) : (
        <Textarea
          label={words.field}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maxLength={what === 'commentException' ? 2000 : 500}
          autosize
          minRows={2}
          maxRows={8}
          data-autofocus
        />
      )}
    </FormDialog>
  );
}

function saidOf(what: SaidOfOrder['what'], id: string, text: string): SaidOfOrder {
  const reason = text === '' ? {} : { reason: text };
  switch (what) {
    case 'settleException':
      return { what, exceptionId: id, ...reason };
    case 'assignException':
      return { what, exceptionId: id, assignee: text };
    case 'commentException':
      return { what, exceptionId: id, text };
    case 'releaseHold':
      return { what, holdId: id, ...reason };
  }
}
