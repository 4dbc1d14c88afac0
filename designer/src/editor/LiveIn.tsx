import { useEnvironments, useFlows } from '../api/index.ts';
import { editorTexts } from '../texts/index.ts';
import { EnvironmentChip } from '../ui/index.ts';
import { useEditor } from './store/editor-context.tsx';

/** Where the flow is live, with which revision. */
export function LiveIn() {
  const flowId = useEditor((state) => state.flow.id);
  const environments = useEnvironments().data ?? [];
  const row = useFlows().data?.find(({ id }) => id === flowId);
  if (!row) return null;
  return (
    <span className="cd-live" data-testid="live-in">
      {row.deployments.length === 0 ? <span className="cd-dim">{editorTexts.live.nowhere}</span> : null}
      {row.deployments.map(({ env, revision }) => (
        <EnvironmentChip key={env} name={env} tone={environments.find(({ name }) => name === env)?.tone ?? 'neutral'}>
          {editorTexts.live.revision(revision)}
        </EnvironmentChip>
      ))}
    </span>
  );
}
