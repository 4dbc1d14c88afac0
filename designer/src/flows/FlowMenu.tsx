import type { FlowRow } from '@crossdock/api-contract';
import { ActionIcon, Menu } from '@mantine/core';
import { IconActivity, IconCopy, IconDots, IconDownload, IconPencil, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { requestFlowFile, useDeleteFlow, useMay } from '../api/index.ts';
import { flowTexts } from '../texts/index.ts';
import { askToConfirm, notifyDone, notifyError, saveFile } from '../ui/index.ts';
import { DuplicateFlowDialog } from './DuplicateFlowDialog.tsx';
import { RenameFlowDialog } from './RenameFlowDialog.tsx';

const t = flowTexts.actions;

/** What can be done with a flow without opening it. */
export function FlowMenu({ flow }: { flow: FlowRow }) {
  const mayWrite = useMay('flows:write');
  const [dialog, setDialog] = useState<'rename' | 'duplicate'>();
  const navigate = useNavigate();
  const deleteFlow = useDeleteFlow();
  const close = () => setDialog(undefined);
  return (
    <>
      <Menu position="bottom-end" width={184}>
        <Menu.Target>
          <ActionIcon aria-label={flowTexts.list.actionsOf(flow.name)}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {mayWrite && (
            <>
              <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setDialog('rename')}>
                {t.rename}
              </Menu.Item>
              <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => setDialog('duplicate')}>
                {t.duplicate}
              </Menu.Item>
            </>
          )}
          <Menu.Item leftSection={<IconDownload size={16} aria-hidden />} onClick={() => void exportFlow(flow.id)}>
            {t.export}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconActivity size={16} aria-hidden />}
            onClick={() => void navigate({ to: '/executions', search: { flow: flow.id } })}
          >
            {t.executions}
          </Menu.Item>
          {mayWrite && (
            <>
              <Menu.Divider />
              <Menu.Item
                leftSection={<IconTrash size={16} aria-hidden />}
                color="red"
                onClick={() =>
                  flow.deployments.length > 0
                    ? explainDeployed(flow, () => navigate({ to: '/deployments', search: { q: flow.id } }))
                    : confirmDelete(flow, () => deleteFlow.mutateAsync(flow.id))
                }
              >
                {t.delete}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog === 'rename' && <RenameFlowDialog flow={flow} onClose={close} />}
      {dialog === 'duplicate' && <DuplicateFlowDialog flow={flow} onClose={close} />}
    </>
  );
}

async function exportFlow(flowId: string): Promise<void> {
  const fileName = `${flowId}.flow.json`;
  try {
    saveFile(fileName, await requestFlowFile(flowId));
    notifyDone(flowTexts.exported(fileName));
  } catch (error) {
    notifyError(error);
  }
}

function explainDeployed(flow: FlowRow, toDeployments: () => Promise<void>): void {
  askToConfirm({
    title: flowTexts.delete.deployedTitle(flow.name),
    effect: flowTexts.delete.deployed(flow.deployments.map(({ env }) => env).join(', ')),
    verb: flowTexts.delete.toDeployments,
    run: toDeployments,
  });
}

function confirmDelete(flow: FlowRow, run: () => Promise<unknown>): void {
  const { name, latestRevision } = flow;
  askToConfirm({
    title: flowTexts.delete.title(name),
    effect: flowTexts.delete.effect(name, flowTexts.delete.revisions(latestRevision ?? 0)),
    verb: flowTexts.delete.verb,
    tone: 'red',
    run: async () => {
      await run();
      notifyDone(flowTexts.delete.done(name));
    },
  });
}
