import { WORKBENCH_ENV } from '@crossdock/api-contract';
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconChecklist,
  IconPlayerSkipForward,
  IconPlayerTrackNext,
  IconRefresh,
  IconX,
} from '@tabler/icons-react';
import { useVariables } from '../api/index.ts';
import { useChange, useEditor, useEditorContext } from '../editor/store/editor-context.tsx';
import { nodeNameOf } from '../editor/store/issues.ts';
import { inspectorTexts, tryoutTexts } from '../texts/index.ts';
import { formatDuration, notifyDone, StatusBadge } from '../ui/index.ts';
import { testOfRun } from './test-of-run.ts';
import './tryout.css';
import { useTryOut } from './use-try-out.ts';

const texts = tryoutTexts.bar;
const icon = { size: 14, stroke: 1.5, 'aria-hidden': true } as const;

/** Over the canvas while a run on trial is shown: how it stands, the next step, and what can be made of it. */
export function TrialBar() {
  const { store } = useEditorContext();
  const shown = useEditor((state) => state.shownRun);
  const flow = useEditor((state) => state.flow);
  const manifests = useEditor((state) => state.manifests);
  const locked = useEditor((state) => state.readOnly);
  const change = useChange();
  const variables = useVariables(WORKBENCH_ENV).data;
  const { isRunning, step, toTheEnd } = useTryOut();
  if (!shown) return null;
  const { run, asked, sampleName } = shown;
  const isStopped = run.next !== undefined;
  const isReal = asked.effects === 'real';
  const isStale = shown.flow.nodes !== flow.nodes || shown.flow.edges !== flow.edges;
  const keep = () => {
    const test = testOfRun(flow, shown, { manifests, variables: variables ?? {} });
    change({ kind: 'addTest', test });
    notifyDone(texts.kept(test.name));
  };
  return (
    <section className="cd-trial" aria-label={texts.label} data-real={isReal || undefined}>
      {isStopped ? <strong>{texts.at(run.spans.length)}</strong> : <StatusBadge status={run.status} />}
      <span className="cd-dim">
        {isStopped
          ? texts.next((run.next ?? []).map((id) => nodeNameOf(id, flow, manifests) ?? id).join(', '))
          : formatDuration(run.durationMs)}
      </span>
      <span className="cd-trial-on">
        {asked.test === undefined ? inspectorTexts.tryout.ranOn(sampleName) : sampleName}
      </span>
      <span className="cd-trial-mode">
        {isReal ? <IconAlertTriangle {...icon} /> : null}
        {isReal ? texts.real : texts.simulated}
      </span>
      {isStale ? <span className="cd-trial-stale">{texts.stale}</span> : null}
      {isStopped ? (
        <>
          <Button
            size="compact-xs"
            leftSection={<IconPlayerTrackNext {...icon} />}
            loading={isRunning}
            onClick={() => void step(shown)}
          >
            {texts.step}
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPlayerSkipForward {...icon} />}
            disabled={isRunning}
            onClick={() => void toTheEnd(shown)}
          >
            {texts.rest}
          </Button>
        </>
      ) : (
        <>
          {isReal ? null : (
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconRefresh {...icon} />}
              loading={isRunning}
              onClick={() => void toTheEnd(shown)}
            >
              {texts.again}
            </Button>
          )}
          {asked.test === undefined && !locked ? (
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconChecklist {...icon} />}
              disabled={isStale}
              onClick={keep}
            >
              {texts.keep}
            </Button>
          ) : null}
        </>
      )}
      <Tooltip label={texts.clear}>
        <ActionIcon
          size={22}
          variant="subtle"
          aria-label={texts.clear}
          onClick={() => store.getState().showRun(undefined)}
        >
          <IconX {...icon} />
        </ActionIcon>
      </Tooltip>
    </section>
  );
}
