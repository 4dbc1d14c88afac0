import { HEALTH_RANGE_NAMES } from '@crossdock/api-contract';
import { Button } from '@mantine/core';
import { IconHeartbeat } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type HealthRange, useHealth } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { healthTexts } from '../texts/index.ts';
import { EmptyState, ErrorState, RelativeTime, Segments, Skeleton } from '../ui/index.ts';
import { FlowTable } from './FlowTable.tsx';
import classes from './HealthPage.module.css';
import { RefusalTable } from './RefusalTable.tsx';
import { RemoteTable } from './RemoteTable.tsx';
import { Trouble } from './Trouble.tsx';
import { REFUSALS } from './trouble-in.ts';

const t = healthTexts;

/** What is wrong first, then every flow and every system that flows call. */
export function OverviewTab({ range, onRange }: { range: HealthRange; onRange: (range: HealthRange) => void }) {
  const { environment } = useEnvironment();
  const { data, error, refetch } = useHealth(environment.name, range);
  return (
    <>
      <div className={classes.bar}>
        <Segments
          label={t.range}
          value={range}
          options={HEALTH_RANGE_NAMES.map((name) => ({ value: name, label: t.ranges[name] }))}
          onChange={onRange}
        />
        {data && (
          <span className="cd-dim">
            <RelativeTime iso={data.at} />
          </span>
        )}
      </div>
      {data ? (
        <div className={classes.overview}>
          <Trouble health={data} />
          {data.flows.length === 0 ? (
            <EmptyState
              icon={IconHeartbeat}
              title={t.overview.noFlowsTitle}
              detail={t.overview.noFlowsDetail}
              action={
                <Button component={Link} to="/deployments">
                  {t.overview.noFlowsAction}
                </Button>
              }
            />
          ) : (
            <>
              <h2 className={classes.section}>{t.overview.flows}</h2>
              <FlowTable flows={data.flows} range={range} />
              <p className={classes.note}>{t.overview.flowsNote}</p>
              {data.refusals.length > 0 && (
                <>
                  <h2 className={classes.section} id={REFUSALS}>
                    {t.overview.refusals}
                  </h2>
                  <RefusalTable refusals={data.refusals} />
                </>
              )}
              <h2 className={classes.section}>{t.overview.remotes}</h2>
              <RemoteTable remotes={data.remotes} />
            </>
          )}
        </div>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton rows={8} />
      )}
    </>
  );
}
