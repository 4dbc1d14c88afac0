import type { FlowHealth } from '@crossdock/api-contract';
import { Link } from '@tanstack/react-router';
import type { HealthRange } from '../api/index.ts';
import { healthTexts } from '../texts/index.ts';
import { formatDuration } from '../ui/index.ts';
import { countOf, percentOf, perMinuteOf, timesOf, toneOfRate } from './figures.ts';
import classes from './HealthPage.module.css';
import { Sparkline } from './Sparkline.tsx';

const t = healthTexts.columns;

/** A row for each flow; its name leads to its executions of the range. */
export function FlowTable({ flows, range }: { flows: readonly FlowHealth[]; range: HealthRange }) {
  const worstFirst = flows.toSorted((a, b) => b.failed - a.failed || b.perMinute - a.perMinute);
  return (
    <table className={classes.table} aria-label={healthTexts.overview.flows}>
      <thead>
        <tr>
          <th scope="col">{t.flow}</th>
          <th scope="col">{t.traffic}</th>
          {[t.perMinute, t.success, t.times, t.queue, t.oldest, t.running, t.waiting, t.retries, t.deadLetters].map(
            (header) => (
              <th key={header} scope="col" data-num>
                {header}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {worstFirst.map((flow) => (
          <tr key={flow.flowId}>
            <td>
              <Link className="cd-link" to="/executions" search={{ flow: flow.flowId, range }}>
                {flow.name}
              </Link>
            </td>
            <td>
              <Sparkline series={flow.series} />
            </td>
            <td data-num>{perMinuteOf(flow.perMinute)}</td>
            <td data-num data-tone={toneOfRate(flow.successRate)}>
              {percentOf(flow.successRate)}
            </td>
            <td data-num>{timesOf(flow)}</td>
            <td data-num>{countOf(flow.queueDepth)}</td>
            <td data-num>{flow.oldestMs === null ? healthTexts.none : formatDuration(flow.oldestMs)}</td>
            <td data-num>{countOf(flow.running)}</td>
            <td data-num>{countOf(flow.waiting + flow.inDoubt)}</td>
            <td data-num>{countOf(flow.retries)}</td>
            <td data-num data-tone={flow.deadLetters > 0 ? 'red' : undefined}>
              {flow.deadLetters > 0 ? (
                <Link to="/exceptions/dead-letters" search={{ flow: flow.flowId }} className="cd-link">
                  {flow.deadLetters}
                </Link>
              ) : (
                healthTexts.none
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
