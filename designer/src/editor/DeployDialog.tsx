import type { Deployment } from '@crossdock/api-contract';
import { Checkbox, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import { ApiError, useDeploy, useDeployments, useFlows, useRevisions } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { editorTexts, uiTexts } from '../texts/index.ts';
import { FormDialog } from '../ui/index.ts';
import { Deployed } from './Deployed.tsx';
import { useEditor } from './store/editor-context.tsx';

const texts = editorTexts.deploy;

/** Makes a revision live in an environment, and then says where its hooks are. */
export function DeployDialog({ onClose }: { onClose: () => void }) {
  const flow = useEditor((state) => state.flow);
  const { environment, environments } = useEnvironment();
  const [env, setEnv] = useState(environment.name);
  const [chosen, setChosen] = useState<number>();
  const [unsigned, setUnsigned] = useState(false);
  const [done, setDone] = useState<Deployment>();
  const revisions = useRevisions(flow.id).data ?? [];
  const isUnpublished = useFlows().data?.find(({ id }) => id === flow.id)?.unpublished ?? false;
  const [deployments] = useDeployments([env]);
  const deploy = useDeploy();

  if (done)
    return (
      <Modal
        opened
        onClose={onClose}
        size={640}
        title={texts.done(done.revision, done.env)}
        closeButtonProps={{ 'aria-label': uiTexts.close }}
      >
        <Deployed deployment={done} onClose={onClose} />
      </Modal>
    );

  const revision = chosen ?? revisions[0]?.revision;
  const now = deployments?.data?.find(({ flowId }) => flowId === flow.id)?.revision;
  const tone = environments.find(({ name }) => name === env)?.tone ?? 'neutral';
  const isUnsigned = deploy.error instanceof ApiError && deploy.error.code === 'FLOW_HOOK_UNSIGNED';
  const submit = () => {
    if (revision === undefined) return;
    deploy.mutate(
      { env, flowId: flow.id, revision, ...(unsigned ? { confirmUnsigned: true } : {}) },
      { onSuccess: setDone },
    );
  };
  return (
    <FormDialog
      title={texts.title}
      submit={texts.submit(env)}
      busy={deploy.isPending}
      error={deploy.error ?? undefined}
      disabled={revision === undefined}
      onSubmit={submit}
      onClose={onClose}
      size={520}
    >
      <Select
        label={texts.environment}
        data={environments.map(({ name, title }) => ({ value: name, label: title || name }))}
        value={env}
        allowDeselect={false}
        onChange={(value) => {
          if (value === null) return;
          setEnv(value);
          deploy.reset();
        }}
      />
      {revisions.length === 0 ? (
        <p className="cd-dim">{texts.none}</p>
      ) : (
        <Select
          label={texts.revision}
          data={revisions.map((each) => ({
            value: String(each.revision),
            label: texts.newest(each.revision, each.message),
          }))}
          value={String(revision)}
          allowDeselect={false}
          onChange={(value) => setChosen(value === null ? undefined : Number(value))}
        />
      )}
      {revision === undefined ? null : (
        <p className="cd-deploy-effect" data-tone={tone}>
          {texts.effect(flow.name, revision, env, now)} {isUnpublished ? texts.unpublished : ''}
        </p>
      )}
      {isUnsigned ? (
        <Checkbox
          size="xs"
          label={texts.unsigned}
          checked={unsigned}
          onChange={(event) => setUnsigned(event.currentTarget.checked)}
        />
      ) : null}
    </FormDialog>
  );
}
