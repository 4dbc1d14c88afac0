import { Button } from '@mantine/core';
import { IconRocket, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay } from '../api/index.ts';
import { editorTexts } from '../texts/index.ts';
import { PageBar } from '../ui/index.ts';
import { ConflictDialog } from './ConflictDialog.tsx';
import { crumbsOf } from './crumbs.ts';
import { DeployDialog } from './DeployDialog.tsx';
import { EditorMenu } from './EditorMenu.tsx';
import { PublishDialog } from './PublishDialog.tsx';
import { RunControl } from './RunControl.tsx';
import { SaveStateLabel } from './SaveState.tsx';
import { useEditor } from './store/editor-context.tsx';

/** What the top bar offers for the open flow. */
export function EditorBar() {
  const name = useEditor((state) => state.flow.name);
  const locked = useEditor((state) => state.readOnly);
  const mayDeploy = useMay('flows:deploy');
  const [dialog, setDialog] = useState<'publish' | 'deploy'>();
  const close = () => setDialog(undefined);
  return (
    <>
      <PageBar title={name} crumbs={crumbsOf(name)}>
        <SaveStateLabel />
        <ConflictDialog />
        <RunControl />
        <Button
          variant="default"
          leftSection={<IconUpload size={16} stroke={1.5} />}
          disabled={locked}
          onClick={() => setDialog('publish')}
        >
          {editorTexts.publish.action}
        </Button>
        <Button
          leftSection={<IconRocket size={16} stroke={1.5} />}
          disabled={!mayDeploy}
          onClick={() => setDialog('deploy')}
        >
          {editorTexts.deploy.action}
        </Button>
        <EditorMenu />
      </PageBar>
      {dialog === 'publish' ? <PublishDialog onClose={close} /> : null}
      {dialog === 'deploy' ? <DeployDialog onClose={close} /> : null}
    </>
  );
}
