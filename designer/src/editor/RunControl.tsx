import { WORKBENCH_ENV } from '@crossdock/api-contract';
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconAlertTriangle, IconChevronDown, IconFlask2, IconPlayerTrackNext } from '@tabler/icons-react';
import { useEnvironments } from '../api/index.ts';
import { usePageCommands } from '../commands/index.ts';
import { editorTexts, tryoutTexts } from '../texts/index.ts';
import { RealRunWarning } from '../tryout/RealRunWarning.tsx';
import { useTryOut } from '../tryout/use-try-out.ts';
import { askToConfirm } from '../ui/index.ts';
import { flowCommand } from './flow-command.ts';
import { chosenSample, useEditor, useEditorContext } from './store/editor-context.tsx';

const texts = editorTexts.run;
const menuTexts = tryoutTexts.menu;

/** Runs the draft once on a sample and lays the result over the canvas: effects simulated at a click, real ones after a warning. */
export function RunControl({ compact = false }: { compact?: boolean }) {
  const { store } = useEditorContext();
  const samples = useEditor((state) => state.flow.samples) ?? [];
  const chosen = useEditor(chosenSample);
  const locked = useEditor((state) => state.readOnly);
  const tone = useEnvironments().data?.find(({ name }) => name === WORKBENCH_ENV)?.tone ?? 'neutral';
  const { run, runReal, begin, isRunning } = useTryOut();

  const askForReal = () => {
    if (!chosen) return void runReal();
    const { flow, manifests } = store.getState();
    askToConfirm({
      title: tryoutTexts.real.title,
      effect: <RealRunWarning flow={flow} manifests={manifests} env={WORKBENCH_ENV} />,
      verb: tryoutTexts.real.verb,
      tone: 'red',
      environment: { name: WORKBENCH_ENV, tone },
      run: async () => runReal(),
    });
  };

  usePageCommands({
    commands:
      compact || locked
        ? []
        : [
            flowCommand('run', texts.command, IconFlask2, run),
            flowCommand('step', menuTexts.step, IconPlayerTrackNext, () => begin()),
            flowCommand('run-real', menuTexts.real, IconAlertTriangle, askForReal),
          ],
  });

  return (
    <span className="cd-run">
      <Button
        variant="default"
        {...(compact ? { size: 'compact-xs' } : {})}
        leftSection={<IconFlask2 size={16} stroke={1.5} />}
        loading={isRunning}
        disabled={locked}
        title={chosen ? `${chosen.name} · ${texts.simulated}` : texts.noSamples}
        onClick={() => void run()}
      >
        {texts.action}
      </Button>
      {compact ? null : (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size={32} aria-label={menuTexts.label} disabled={locked}>
              <IconChevronDown size={14} stroke={1.5} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{`${menuTexts.samples} · ${texts.simulated}`}</Menu.Label>
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
            {samples.length === 0 ? <Menu.Item onClick={() => void run()}>{texts.addSample}</Menu.Item> : null}
            <Menu.Divider />
            <Menu.Item leftSection={<IconPlayerTrackNext size={16} stroke={1.5} />} onClick={() => void begin()}>
              {menuTexts.step}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconAlertTriangle size={16} stroke={1.5} />}
              color="red"
              disabled={!chosen}
              onClick={askForReal}
            >
              {menuTexts.real}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </span>
  );
}
