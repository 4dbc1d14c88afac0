import { useEgress, useMay } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { connectionTexts, egressTexts } from '../texts/index.ts';
import { ErrorState, Segments, Skeleton, TabPage } from '../ui/index.ts';
import { AllowHostForm } from './AllowHostForm.tsx';
import { PrivateHostTable } from './PrivateHostTable.tsx';
import classes from './private-hosts.module.css';

const t = egressTexts;

/** What nodes and connections of an environment may call beside public addresses, and what is refused to them. */
export function PrivateHostsTab() {
  const { environment, environments, choose } = useEnvironment();
  const { name: env } = environment;
  const mayWrite = useMay('environments:write', env);
  const { data, error, refetch } = useEgress(env);
  return (
    <TabPage
      head={
        <>
          <Segments
            label={connectionTexts.environment}
            value={env}
            onChange={choose}
            options={environments.map(({ name }) => ({ value: name, label: name }))}
          />
          <p className="cd-dim">{t.hint}</p>
        </>
      }
    >
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={4} />
      ) : (
        <>
          {mayWrite ? (
            <AllowHostForm key={env} environment={environment} known={[...data.allow, ...data.installation]} />
          ) : (
            <p className="cd-dim">{t.readOnly}</p>
          )}
          <PrivateHostTable environment={environment} egress={data} mayWrite={mayWrite} />
        </>
      )}
      <section className={classes.refused} aria-label={t.refusedTitle}>
        <h2>{t.refusedTitle}</h2>
        <dl>
          {t.refused.map(({ what, which }) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd>{which}</dd>
            </div>
          ))}
        </dl>
        <p className="cd-dim">{t.refusedFoot}</p>
      </section>
    </TabPage>
  );
}
