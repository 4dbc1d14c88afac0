import { useVariables } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { deploymentTexts } from '../texts/index.ts';
import { ErrorState, Segments, Skeleton, TabPage } from '../ui/index.ts';
import { VariableEditor } from './VariableEditor.tsx';

const t = deploymentTexts.variables;
const LOOK_AGAIN_MS = 10_000;

/** The variables of the environment that is chosen in the top bar, or here. */
export function VariablesTab() {
  const { environment, environments, choose } = useEnvironment();
  const { data, error, refetch } = useVariables(environment.name, LOOK_AGAIN_MS);
  return (
    <TabPage
      head={
        <>
          <Segments
            label={t.environment}
            value={environment.name}
            onChange={choose}
            options={environments.map(({ name }) => ({ value: name, label: name }))}
          />
          <p className="cd-dim">{t.hint}</p>
        </>
      }
    >
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <VariableEditor key={environment.name} environment={environment} saved={data} />
      ) : (
        <Skeleton rows={4} />
      )}
    </TabPage>
  );
}
