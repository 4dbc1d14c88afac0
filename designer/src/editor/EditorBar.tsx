import type { Deployment } from '@crossdock/api-contract';
import { Button } from '@mantine/core';
import { IconRocket, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useAllowedIn } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { usePageCommands } from '../commands/index.ts';
import { DeployDialog } from '../deployments/DeployDialog.tsx';
import { editorTexts } from '../texts/index.ts';
import { TestsButton } from '../tryout/TestsButton.tsx';
import { PageBar } from '../ui/index.ts';
import { ConflictDialog } from './ConflictDialog.tsx';
import { crumbsOf } from './crumbs.ts';
import { Deployed } from './Deployed.tsx';
import { EditorMenu } from './EditorMenu.tsx';
import { flowCommand } from './flow-command.ts';
import { OthersHere } from './OthersHere.tsx';
import { PublishDialog } from './PublishDialog.tsx';
import { RunControl } from './RunControl.tsx';
import { SaveStateLabel } from './SaveState.tsx';
import { useEditor } from './store/editor-context.tsx';

/** What the top bar offers for the open flow. */
export function EditorBar() {
  const flowId = useEditor((state) => state.flow.id);
  const name = useEditor((state) => state.flow.name);
  const locked = useEditor((state) => state.readOnly);
  const [dialog, setDialog] = useState<'publish' | 'deploy'>();
  const [deployed, setDeployed] = useState<Deployment>();
  const { environment, environments } = useEnvironment();
  const targets = useAllowedIn('flows:deploy', environments);
  const target = targets.find(({ name }) => name === environment.name) ?? targets[0];
  const close = () => setDialog(undefined);
  usePageCommands({
    commands: [
      ...(locked ? [] : [flowCommand('publish', editorTexts.publish.command, IconUpload, () => setDialog('publish'))]),
      ...(target ? [flowCommand('deploy', editorTexts.deploy.command, IconRocket, () => setDialog('deploy'))] : []),
    ],
  });
  return (
    <>
      <PageBar title={name} crumbs={crumbsOf(name)}>
        <OthersHere />
        <SaveStateLabel />
        <ConflictDialog />
        <RunControl />
        <TestsButton />
        <Button
          variant="default"
          leftSection={<IconUpload size={16} stroke={1.5} />}
          disabled={locked}
          title={editorTexts.publish.action}
          onClick={() => setDialog('publish')}
        >
          {editorTexts.publish.action}
        </Button>
        <Button
          leftSection={<IconRocket size={16} stroke={1.5} />}
          disabled={!target}
          title={target ? editorTexts.deploy.action : editorTexts.deploy.forbidden}
          onClick={() => setDialog('deploy')}
        >
          {editorTexts.deploy.action}
        </Button>
        <EditorMenu />
      </PageBar>
      {dialog === 'publish' ? <PublishDialog onClose={close} /> : null}
      {dialog === 'deploy' && target ? (
        <DeployDialog
          flowId={flowId}
          flowName={name}
          environment={target}
          environments={targets}
          showRunning={editorTexts.deploy.showHooks}
          onDone={(deployment) => {
            close();
            setDeployed(deployment);
          }}
          onClose={close}
        />
      ) : null}
      {deployed ? <Deployed deployment={deployed} onClose={() => setDeployed(undefined)} /> : null}
    </>
  );
}
