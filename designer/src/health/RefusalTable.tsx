import { type HookRefusals, refusalWords } from '@crossdock/api-contract';
import { Link } from '@tanstack/react-router';
import { healthTexts } from '../texts/index.ts';
import classes from './HealthPage.module.css';
import { RefusedSparkline } from './Sparkline.tsx';

const t = healthTexts.columns;

/** A row for each hook that refused requests, with when and why; its name leads to the trigger. */
export function RefusalTable({ refusals }: { refusals: readonly HookRefusals[] }) {
  return (
    <table className={classes.table} aria-label={healthTexts.overview.refusals}>
      <thead>
        <tr>
          <th scope="col">{t.hook}</th>
          <th scope="col">{t.traffic}</th>
          <th scope="col" data-num>
            {t.refused}
          </th>
          <th scope="col">{t.reasons}</th>
        </tr>
      </thead>
      <tbody>
        {refusals.map((one) => (
          <tr key={`${one.flowId} ${one.nodeId}`}>
            <td>
              <Link
                className="cd-link"
                to="/flows/$flowId"
                params={{ flowId: one.flowId }}
                search={{ node: one.nodeId }}
              >
                {one.name}
              </Link>{' '}
              <span className="cd-dim">{one.nodeId}</span>
            </td>
            <td>
              <RefusedSparkline refusals={one} />
            </td>
            <td data-num data-tone="amber">
              {one.count}
            </td>
            <td className={classes.reasons}>{refusalWords(one.reasons)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
