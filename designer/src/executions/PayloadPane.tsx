import type { ErrorBody, Span } from '@crossdock/api-contract';
import { IconArrowBarRight, IconArrowBarToRight, IconHandClick, IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useMay } from '../api/index.ts';
import { executionTexts } from '../texts/index.ts';
import { EmptyState, type TreeView } from '../ui/index.ts';
import { ErrorCause } from './ErrorCause.tsx';
import { Payload } from './Payload.tsx';
import classes from './PayloadPane.module.css';

const t = executionTexts.payloads;

/** What the selected step got and gave, side by side; above them its error, if it has one. */
export function PayloadPane({
  executionId,
  span,
  said,
  view,
  onViewChange,
}: {
  executionId: string;
  span: Span | undefined;
  /** The execution's own error, shown above the page already. */
  said: ErrorBody | undefined;
  view: TreeView | undefined;
  onViewChange: (view: TreeView) => void;
}) {
  const mayRead = useMay('payloads:read');
  if (!span) return <Pane>{<EmptyState icon={IconHandClick} title={t.pick} />}</Pane>;
  if (!mayRead) return <Pane>{<EmptyState icon={IconLock} title={t.forbidden} />}</Pane>;
  const shared = { executionId, view, onViewChange };
  return (
    <Pane>
      {span.error && !isInDoubt(span) && !isSaid(span, said) && (
        <div className={classes.error}>
          <ErrorCause error={span.error} isTriedAgain={span.status === 'waiting'} />
        </div>
      )}
      <div className={classes.sides}>
        <Side name={t.input} payloadRef={span.inputRef} none={t.noInput} {...shared} />
        <Side name={t.output} payloadRef={span.outputRef} none={noOutput(span)} {...shared} />
      </div>
    </Pane>
  );
}

function Pane({ children }: { children: ReactNode }) {
  return (
    <section className={classes.pane} aria-label={t.label}>
      {children}
    </section>
  );
}

function Side({
  executionId,
  payloadRef,
  name,
  none,
  view,
  onViewChange,
}: {
  executionId: string;
  payloadRef: string | undefined;
  name: string;
  none: string;
  view: TreeView | undefined;
  onViewChange: (view: TreeView) => void;
}) {
  return (
    <div className={classes.side}>
      {payloadRef === undefined ? (
        <EmptyState icon={name === t.input ? IconArrowBarToRight : IconArrowBarRight} title={none} />
      ) : (
        <Payload
          executionId={executionId}
          payloadRef={payloadRef}
          name={name}
          view={view}
          onViewChange={onViewChange}
        />
      )}
    </div>
  );
}

/** It waits for a person, not for another attempt; the panel above the page tells its error. */
function isInDoubt({ status, retryAt }: Span): boolean {
  return status === 'waiting' && retryAt === undefined;
}

/** An error that ended the execution holds that of its last attempt. */
function isSaid({ error, nodeId }: Span, said: ErrorBody | undefined): boolean {
  return said !== undefined && error !== undefined && said.nodeId === nodeId && said.message.includes(error.message);
}

function noOutput({ status, retryAt }: Span): string {
  if (status === 'running') return t.noOutputRunning;
  if (status === 'waiting') return retryAt === undefined ? t.noOutputWaiting : t.noOutputRetried;
  return status === 'succeeded' || status === 'simulated' ? t.noOutput : t.noOutputFailed;
}
