import type { RemoteHealth } from '@crossdock/api-contract';
import { healthTexts } from '../texts/index.ts';
import { countOf, percentOf, perMinuteOf, timesOf, toneOfRate } from './figures.ts';
import classes from './HealthPage.module.css';
import { Sparkline } from './Sparkline.tsx';

const t = healthTexts.columns;

/** A row for each connection or host that flows called. */
export function RemoteTable({ remotes }: { remotes: readonly RemoteHealth[] }) {
  if (remotes.length === 0) return <p className={classes.note}>{healthTexts.overview.noRemotes}</p>;
  return (
    <table className={classes.table} aria-label={healthTexts.overview.remotes}>
      <thead>
        <tr>
          <th scope="col">{t.remote}</th>
          <th scope="col">{t.traffic}</th>
          {[t.calls, t.perMinute, t.success, t.times, t.breaker].map((header) => (
            <th key={header} scope="col" data-num>
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {remotes.map((remote) => (
          <tr key={remote.remote}>
            <td>
              {healthTexts.remote(remote.remote)}{' '}
              <span className="cd-dim">{healthTexts.remoteKind(remote.remote)}</span>
            </td>
            <td>
              <Sparkline series={remote.series} />
            </td>
            <td data-num>{countOf(remote.succeeded + remote.failed + remote.cancelled)}</td>
            <td data-num>{perMinuteOf(remote.perMinute)}</td>
            <td data-num data-tone={toneOfRate(remote.successRate)}>
              {percentOf(remote.successRate)}
            </td>
            <td data-num>{timesOf(remote)}</td>
            <td data-num data-tone={remote.breaker === 'closed' ? undefined : 'red'}>
              {healthTexts.breakers[remote.breaker]}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
