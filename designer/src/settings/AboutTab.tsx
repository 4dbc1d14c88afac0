import { routes } from '@crossdock/api-contract';
import { useQuery } from '@tanstack/react-query';
import { keys, request } from '../api/index.ts';
import { settingsTexts } from '../texts/index.ts';
import { ErrorState, Skeleton } from '../ui/index.ts';
import classes from './SettingsPage.module.css';

const t = settingsTexts.about;

/** Which Crossdock this is, and where its API is described. */
export function AboutTab() {
  const { data, error, refetch } = useQuery({
    queryKey: keys.openApi,
    queryFn: ({ signal }) => request('openapi', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={3} />;
  const { version } = (data.info ?? {}) as { version?: string };
  return (
    <dl className={classes.facts}>
      <dt>{t.version}</dt>
      <dd className="cd-num">{version}</dd>
      <dt>{t.api}</dt>
      <dd>
        <a href={routes.openapi.path} target="_blank" rel="noreferrer">
          {t.openApi}
        </a>
      </dd>
      <dt>{t.time}</dt>
      <dd>{Intl.DateTimeFormat().resolvedOptions().timeZone}</dd>
      <dt>{t.license}</dt>
      <dd>{t.licenseName}</dd>
    </dl>
  );
}
