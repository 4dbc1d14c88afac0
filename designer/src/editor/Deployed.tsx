import type { Deployment } from '@crossdock/api-contract';
import { Button, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { revisionQuery } from '../api/index.ts';
import { editorTexts } from '../texts/index.ts';
import { CopyBlock, Dialog } from '../ui/index.ts';
import { useEditor } from './store/editor-context.tsx';
import { hookCalls } from './store/hook-call.ts';

const texts = editorTexts.deploy;

/** A dialog with what a deployment gives: the addresses of its hooks, each with a command line that drives it. */
export function Deployed({ deployment, onClose }: { deployment: Deployment; onClose: () => void }) {
  const draft = useEditor((state) => state.flow);
  const sampleIndex = useEditor((state) => state.sampleIndex);
  const revision = useQuery(revisionQuery(deployment.flowId, deployment.revision)).data;
  const hooks = revision
    ? hookCalls(
        { ...revision, samples: draft.samples ?? revision.samples ?? [] },
        deployment.env,
        location.origin,
        sampleIndex,
      )
    : [];
  return (
    <Dialog opened onClose={onClose} size={640} title={texts.done(deployment.revision, deployment.env)}>
      <Stack gap="md">
        {deployment.warnings?.map((warning) => (
          <p key={`${warning.code} ${warning.path}`} className="cd-deploy-warning">
            {warning.message}
          </p>
        ))}
        {hooks.map((hook) => (
          <section key={hook.nodeId}>
            <CopyBlock label={texts.hook} text={hook.url} />
            <CopyBlock label={texts.curl} text={hook.curl} />
          </section>
        ))}
        <Group justify="flex-end">
          <Button onClick={onClose} data-autofocus>
            {texts.close}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
