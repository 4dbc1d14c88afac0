import type { ExecutionDetail } from '@crossdock/api-contract';
import { TextInput } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { useEnvironments, useNodeTypes, useReplayExecution } from '../api/index.ts';
import { repairTexts, uiTexts } from '../texts/index.ts';
import { FormDialog } from '../ui/index.ts';
import { type From, ReplayFrom } from './ReplayFrom.tsx';
import { type ReplayEffects, ReplayKeys } from './ReplayKeys.tsx';
import { type Edited, ReplayPayload } from './ReplayPayload.tsx';
import { ReplayRevision, type Revision } from './ReplayRevision.tsx';
import classes from './replay.module.css';
import { replayPlaces, TRIGGER_REF } from './replay-places.ts';

const t = repairTexts.replay;

/** Runs an execution again as a new one: from where, on which revision, with which keys, and with which payload. */
export function ReplayDialog({
  execution,
  nodeName,
  onReplayed,
  onClose,
}: {
  execution: ExecutionDetail;
  nodeName: (nodeId: string) => string;
  onReplayed: (executionId: string) => void;
  onClose: () => void;
}) {
  const { executionId, env } = execution;
  const { data: nodeTypes } = useNodeTypes();
  const places = useMemo(
    () => replayPlaces(execution, (type) => nodeTypes?.find((each) => each.type === type)?.kind === 'trigger'),
    [execution, nodeTypes],
  );
  const environment = useEnvironments().data?.find(({ name }) => name === env);
  const mustRenew = places.isUndone && !places.failed;
  const [from, setFrom] = useState<From>({ kind: places.failed ? 'failed' : 'trigger' });
  const [revision, setRevision] = useState<Revision>('same');
  const [effects, setEffects] = useState<ReplayEffects>(mustRenew ? 'new-keys' : 'same-keys');
  const [edited, setEdited] = useState<Edited>({ kind: 'original' });
  const [typed, setTyped] = useState('');
  const keepEdited = useCallback((next: Edited) => setEdited(next), []);
  const replay = useReplayExecution(executionId);

  const place = from.kind === 'node' ? from.nodeId : from.kind;
  const nodeId = from.kind === 'node' ? from.nodeId : from.kind === 'failed' ? places.failed?.nodeId : undefined;
  const payloadRef =
    from.kind === 'trigger'
      ? TRIGGER_REF
      : from.kind === 'failed'
        ? places.failed?.ref
        : places.nodes.find((node) => node.nodeId === from.nodeId)?.ref;
  // Doing effects of production a second time is asked for by its name.
  const mustType = effects === 'new-keys' && environment?.tone === 'red';
  const ready = place !== undefined && edited.kind !== 'invalid' && (!mustType || typed.trim() === env);
  const submit = () => {
    if (!ready || place === undefined) return;
    replay.mutate(
      { from: place, revision, effects, ...(edited.kind === 'edited' ? { payload: edited.value } : {}) },
      { onSuccess: (answer) => onReplayed(answer.executionId) },
    );
  };
  return (
    <FormDialog
      title={t.title}
      submit={t.verb}
      busy={replay.isPending}
      error={replay.error}
      disabled={!ready}
      onSubmit={submit}
      onClose={onClose}
      size={960}
      environment={environment}
      {...(effects === 'new-keys' && !mustRenew ? { tone: 'red' } : {})}
    >
      <div className={classes.columns}>
        <div className={classes.choices}>
          <ReplayFrom value={from} places={places} nodeName={nodeName} onChange={setFrom} />
          <ReplayRevision execution={execution} value={revision} onChange={setRevision} />
          <ReplayKeys value={effects} isUndone={mustRenew} onChange={setEffects} />
          {mustType && (
            <TextInput
              label={uiTexts.confirm.typeToConfirm(env)}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </div>
        <div className={classes.payload}>
          {payloadRef === undefined ? (
            <p className="cd-dim">{place === undefined ? t.nodeMissing : t.payloadSeveral}</p>
          ) : (
            <ReplayPayload key={payloadRef} executionId={executionId} payloadRef={payloadRef} onChange={keepEdited} />
          )}
        </div>
      </div>
      <p className={classes.effect}>
        {t.effect(
          nodeId === undefined
            ? t.where[from.kind === 'failed' ? 'stopped' : 'trigger']
            : t.whereNode(nodeName(nodeId)),
          revision === 'deployed'
            ? repairTexts.revision.longDeployed
            : repairTexts.revision.long(revision === 'same' ? execution.revision : revision),
          env,
          edited.kind === 'edited',
        )}
      </p>
    </FormDialog>
  );
}
