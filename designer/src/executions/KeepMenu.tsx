import type { ExecutionDetail } from '@crossdock/api-contract';
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconChecklist, IconChevronDown, IconFlask2 } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useKeepExecution, useMay } from '../api/index.ts';
import { tryoutTexts } from '../texts/index.ts';
import { notifyDone, notifyError } from '../ui/index.ts';

const texts = tryoutTexts.keep;
const icon = { size: 16, stroke: 1.5, 'aria-hidden': true } as const;

/** Makes the execution a test of its flow at a click; the menu beside it, a sample. */
export function KeepMenu({ execution }: { execution: ExecutionDetail }) {
  const mayWrite = useMay('flows:write');
  const mayRead = useMay('payloads:read', execution.env);
  const keep = useKeepExecution(execution.executionId);
  const navigate = useNavigate();
  if (!mayWrite || !mayRead) return null;
  const keepAs = (as: 'sample' | 'test') =>
    keep.mutate(as, {
      onSuccess: ({ isMasked }) => notifyDone(texts.done(as, isMasked)),
      onError: (error) => notifyError(error),
    });
  return (
    <Button.Group>
      <Button
        variant="default"
        leftSection={<IconChecklist {...icon} />}
        loading={keep.isPending}
        onClick={() => keepAs('test')}
      >
        {texts.test}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={32} aria-label={texts.more} disabled={keep.isPending}>
            <IconChevronDown size={14} stroke={1.5} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFlask2 {...icon} />} onClick={() => keepAs('sample')}>
            {texts.sample}
          </Menu.Item>
          <Menu.Item onClick={() => void navigate({ to: '/flows/$flowId', params: { flowId: execution.flowId } })}>
            {texts.open}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  );
}
