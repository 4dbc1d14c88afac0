import type { FlowNode } from '@crossdock/flow-model';
import { Button, Stack } from '@mantine/core';
import { IconPlayerSkipForward } from '@tabler/icons-react';
import { errorOf } from '../api/index.ts';
import { useEditor } from '../editor/store/editor-context.tsx';
import { inspectorTexts, tryoutTexts } from '../texts/index.ts';
import { useTryOut } from '../tryout/use-try-out.ts';
import { formatDuration, JsonTree, ProblemNote, StatusBadge } from '../ui/index.ts';

const texts = inspectorTexts.tryout;

/** What the node got and gave in the last run on trial, attempt by attempt. */
export function TryOutTab({ node, runControl }: { node: FlowNode; runControl: React.ReactNode }) {
  const shown = useEditor((state) => state.shownRun);
  const flow = useEditor((state) => state.flow);
  const showRun = useEditor((state) => state.showRun);
  const { runFrom, isRunning } = useTryOut();
  if (!shown)
    return (
      <Stack gap="sm" align="flex-start">
        <strong>{texts.nothing}</strong>
        <p className="cd-dim">{texts.hint}</p>
        {runControl}
      </Stack>
    );
  const spans = shown.run.spans.filter(({ nodeId }) => nodeId === node.id);
  return (
    <Stack gap="md">
      <div className="cd-section-head">
        <span className="cd-dim">
          {texts.ranOn(shown.sampleName)} {shown.flow === flow ? '' : texts.stale}
        </span>
        {runControl}
      </div>
      {shown.asked.test === undefined && spans.length > 0 ? (
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<IconPlayerSkipForward size={14} stroke={1.5} aria-hidden />}
          title={tryoutTexts.node.fromHint}
          loading={isRunning}
          onClick={() => void runFrom(shown, node.id)}
          className="cd-run-from"
        >
          {tryoutTexts.node.from}
        </Button>
      ) : null}
      {spans.length === 0 ? <p>{texts.notReached}</p> : null}
      {spans.map((span) => (
        <section key={span.spanId} className="cd-section" data-testid="tryout-span">
          <div className="cd-section-head">
            <span>
              {texts.attempt(span.attempt)} <StatusBadge status={span.status} />
            </span>
            <span className="cd-dim cd-num">{formatDuration(span.durationMs)}</span>
          </div>
          {span.error ? <ProblemNote error={errorOf(span.error)} /> : null}
          <div className="cd-inout">
            <div className="cd-pane">
              <JsonTree name={texts.input} value={span.input} />
            </div>
            <div className="cd-pane">
              {'output' in span ? <JsonTree name={texts.output} value={span.output} /> : <p>{texts.noOutput}</p>}
            </div>
          </div>
          {span.config ? (
            <>
              <p className="cd-dim">{tryoutTexts.node.simulated}</p>
              <div className="cd-pane">
                <JsonTree name={tryoutTexts.node.settings} value={span.config} />
              </div>
            </>
          ) : null}
        </section>
      ))}
      <Button variant="subtle" size="compact-xs" onClick={() => showRun(undefined)}>
        {texts.clear}
      </Button>
    </Stack>
  );
}
