import type { Doubt, ExecutionDetail, ResolveBody } from '@crossdock/api-contract';
import { Button, Collapse } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconHelpHexagon } from '@tabler/icons-react';
import { useState } from 'react';
import { sentence, useMay } from '../api/index.ts';
import { executionTexts, repairTexts } from '../texts/index.ts';
import { formatClock, RelativeTime } from '../ui/index.ts';
import { DecideDialog } from './DecideDialog.tsx';
import classes from './DoubtPanel.module.css';
import { Payload } from './Payload.tsx';

const t = repairTexts.doubt;
/** The parts of a split may be in doubt all at once. */
const MOST_SHOWN = 2;
const OUTCOMES: readonly ResolveBody['outcome'][] = ['done', 'repeat', 'fail'];

/** Calls of which only a person can say how they ended: what is known of each, and the three ways on. */
export function DoubtPanel({
  execution,
  nodeName,
}: {
  execution: ExecutionDetail;
  nodeName: (nodeId: string) => string;
}) {
  const doubts = execution.doubt ?? [];
  const shown = doubts.slice(0, MOST_SHOWN);
  return (
    <>
      {shown.map((doubt) => (
        <OneDoubt
          key={`${doubt.nodeId} ${doubt.iteration}`}
          executionId={execution.executionId}
          env={execution.env}
          doubt={doubt}
          node={nodeName(doubt.nodeId)}
        />
      ))}
      {doubts.length > shown.length && <p className={classes.more}>{t.more(doubts.length - shown.length)}</p>}
    </>
  );
}

function OneDoubt({ executionId, env, doubt, node }: { executionId: string; env: string; doubt: Doubt; node: string }) {
  const mayResolve = useMay('executions:resolve');
  const mayRead = useMay('payloads:read');
  const [outcome, setOutcome] = useState<ResolveBody['outcome']>();
  const [open, setOpen] = useState(false);
  const { error, since, attempt, inputRef } = doubt;
  const remote = error?.details?.remote;
  return (
    <section className={classes.panel} aria-label={t.title(node)} data-testid="doubt">
      <div className={classes.head}>
        <IconHelpHexagon size={16} aria-hidden />
        <div className={classes.said}>
          <strong>{t.title(node)}</strong>
          <span>{t.why}</span>
        </div>
      </div>
      <dl className={classes.facts}>
        {typeof remote === 'string' && <Fact label={t.system}>{remote}</Fact>}
        <Fact label={t.began}>
          <span className="cd-num">{formatClock(since)}</span> (<RelativeTime iso={since} />)
        </Fact>
        <Fact label={t.attempt}>{attempt}</Fact>
        <Fact label={t.lastError}>
          {error ? (
            <>
              {sentence(error.message)} <code>{error.code}</code>
            </>
          ) : (
            t.workerDied
          )}
        </Fact>
      </dl>
      <div className={classes.verbs}>
        {mayResolve ? (
          OUTCOMES.map((verb) => (
            <Button key={verb} variant="default" onClick={() => setOutcome(verb)} title={t.hints[verb]}>
              {t.verbs[verb]}
            </Button>
          ))
        ) : (
          <span>{t.forbidden}</span>
        )}
        {mayRead && (
          <Button
            variant="subtle"
            color="gray"
            leftSection={open ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {t.input}
          </Button>
        )}
      </div>
      <Collapse expanded={open} transitionDuration={0}>
        <div className={classes.payload}>
          {open && <Payload executionId={executionId} payloadRef={inputRef} name={executionTexts.payloads.input} />}
        </div>
      </Collapse>
      {outcome && (
        <DecideDialog
          executionId={executionId}
          env={env}
          doubt={doubt}
          node={node}
          outcome={outcome}
          onClose={() => setOutcome(undefined)}
        />
      )}
    </section>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
