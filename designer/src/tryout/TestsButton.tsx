import { Button } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { usePageCommands } from '../commands/index.ts';
import { flowCommand } from '../editor/flow-command.ts';
import { useEditor } from '../editor/store/editor-context.tsx';
import { tryoutTexts } from '../texts/index.ts';
import { TestsDrawer } from './TestsDrawer.tsx';
import { useFlowTests } from './use-flow-tests.ts';

const texts = tryoutTexts.tests;

/** Opens the flow's tests; results stay while the flow is open. */
export function TestsButton() {
  const count = useEditor((state) => state.flow.tests?.length ?? 0);
  const [opened, setOpened] = useState(false);
  const runs = useFlowTests();
  const jump = useEditor((state) => state.jump);
  useEffect(() => {
    // Where an issue of a test leads.
    if (jump?.path.startsWith('/tests')) setOpened(true);
  }, [jump]);
  usePageCommands({ commands: [flowCommand('tests', texts.command, IconChecklist, () => setOpened(true))] });
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconChecklist size={16} stroke={1.5} />}
        rightSection={count > 0 ? <span className="cd-dim cd-num">{count}</span> : undefined}
        title={texts.action}
        onClick={() => setOpened(true)}
      >
        {texts.action}
      </Button>
      <TestsDrawer opened={opened} runs={runs} onClose={() => setOpened(false)} />
    </>
  );
}
