import type { HealthPoint } from '@crossdock/api-contract';
import { healthTexts } from '../texts/index.ts';
import { formatMoment } from '../ui/index.ts';
import classes from './HealthPage.module.css';

const HEIGHT = 24;
const WIDTH = 160;

/** How many ended in each slot, as bars: failures stand below successes, so that even one shows. */
export function Sparkline({ series }: { series: readonly HealthPoint[] }) {
  const most = Math.max(1, ...series.map(({ succeeded, failed }) => succeeded + failed));
  const step = WIDTH / Math.max(1, series.length);
  const width = Math.max(1, step - (step > 3 ? 1 : 0));
  const heightOf = (count: number) => (count === 0 ? 0 : Math.max(2, (count * (HEIGHT - 2)) / most));
  const total = series.reduce((sum, { succeeded }) => sum + succeeded, 0);
  const failures = series.reduce((sum, { failed }) => sum + failed, 0);
  return (
    <svg
      className={classes.spark}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={healthTexts.spark(total, failures)}
    >
      <line className={classes.line} x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
      {series.map(({ at, succeeded, failed }, index) => {
        const bad = heightOf(failed);
        const good = Math.min(heightOf(succeeded), HEIGHT - bad);
        return (
          <g key={at}>
            <title>{healthTexts.point(formatMoment(at), succeeded, failed)}</title>
            <rect className={classes.bad} x={index * step} width={width} y={HEIGHT - bad} height={bad} />
            <rect className={classes.good} x={index * step} width={width} y={HEIGHT - bad - good} height={good} />
          </g>
        );
      })}
    </svg>
  );
}
