import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconChevronDown, IconFlask2 } from '@tabler/icons-react';
import { useTestRun } from '../api/index.ts';
import { usePageCommands } from '../commands/index.ts';
import { editorTexts, uiTexts } from '../texts/index.ts';
import { formatDuration, notifyDone, notifyError } from '../ui/index.ts';
import { flowCommand } from './flow-command.ts';
import { chosenSample, useEditor, useEditorContext } from './store/editor-context.tsx';
import { nodeNameOf } from './store/issues.ts';

const texts = editorTexts.run;

/** Runs the draft once on a sample, with effects simulated, and lays the result over the canvas. */
export function RunControl({ compact = false }: { compact?: boolean }) {
  const { store, saver } = useEditorContext();
  const flowId = useEditor((state) => state.flow.id);
  const samples = useEditor((state) => state.flow.samples) ?? [];
  const chosen = useEditor(chosenSample);
  const locked = useEditor((state) => state.readOnly);
  const testRun = useTestRun(flowId);

  const run = async () => {
    const { flow, manifests, jumpTo, showRun } = store.getState();
    const sample = chosenSample(store.getState());
    if (!sample) return jumpTo(undefined, 'settings', '/samples', undefined);
    try {
      if (!(await saver.flush())) return notifyError(new Error(texts.unsaved));
      const result = await testRun.mutateAsync({
        payload: sample.payload,
        ...(sample.headers ? { headers: sample.headers } : {}),
        effects: 'simulate',
      });
      showRun({ run: result, flow, sampleName: sample.name });
      if (result.error)
        return notifyError(new Error(result.error.message), failedAt(nodeNameOf(result.error.nodeId, flow, manifests)));
      notifyDone(texts.done(uiTexts.status[result.status].toLowerCase(), formatDuration(result.durationMs)));
    } catch (error) {
      notifyError(error);
    }
  };

  usePageCommands({
    commands: compact || locked ? [] : [flowCommand('run', texts.command, IconFlask2, run)],
  });

  return (
    <span className="cd-run">
      <Button
        variant="default"
        {...(compact ? { size: 'compact-xs' } : {})}
        leftSection={<IconFlask2 size={16} stroke={1.5} />}
        loading={testRun.isPending}
        disabled={locked}
        title={chosen ? `${chosen.name} · ${texts.simulated}` : texts.noSamples}
        onClick={() => void run()}
      >
        {texts.action}
      </Button>
      {samples.length > 1 && !compact ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size={32} aria-label={texts.choose} disabled={locked}>
              <IconChevronDown size={14} stroke={1.5} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{texts.simulated}</Menu.Label>
            {samples.map((sample, index) => (
              <Menu.Item
                // Names may repeat in a file made by hand; the place is the identity.
                key={`sample-${index + 1}`}
                onClick={() => {
                  store.getState().chooseSample(index);
                  void run();
                }}
              >
                {sample.name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </span>
  );
}

const failedAt = (node: string | undefined) => node && texts.failed(node);
