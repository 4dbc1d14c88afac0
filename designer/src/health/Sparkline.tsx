import type { HealthPoint, HookRefusals } from '@crossdock/api-contract';
import { healthTexts } from '../texts/index.ts';
import { formatMoment } from '../ui/index.ts';
import classes from './HealthPage.module.css';

const HEIGHT = 24;
const WIDTH = 160;

/** How many ended in each slot. */
export function Sparkline({ series }: { series: readonly HealthPoint[] }) {
  const total = series.reduce((sum, { succeeded }) => sum + succeeded, 0);
  const failures = series.reduce((sum, { failed }) => sum + failed, 0);
  return (
    <Bars
      label={healthTexts.spark(total, failures)}
      bars={series.map(({ at, succeeded, failed }) => ({
        ...{ at, good: succeeded, bad: failed },
        title: healthTexts.point(formatMoment(at), succeeded, failed),
      }))}
    />
  );
}

/** How many requests were refused in each slot. */
export function RefusedSparkline({ refusals: { count, series } }: { refusals: HookRefusals }) {
  return (
    <Bars
      label={healthTexts.refusedSpark(count)}
      bars={series.map(({ at, count: bad }) => ({
        ...{ at, good: 0, bad },
        title: healthTexts.refusedPoint(formatMoment(at), bad),
      }))}
    />
  );
}

interface Bar {
  at: string;
  good: number;
  bad: number;
  title: string;
}

/** What is bad stands below what is good, so that even one shows. */
function Bars({ label, bars }: { label: string; bars: readonly Bar[] }) {
  const most = Math.max(1, ...bars.map(({ good, bad }) => good + bad));
  const step = WIDTH / Math.max(1, bars.length);
  const width = Math.max(1, step - (step > 3 ? 1 : 0));
  const heightOf = (count: number) => (count === 0 ? 0 : Math.max(2, (count * (HEIGHT - 2)) / most));
  return (
    <svg
      className={classes.spark}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <line className={classes.line} x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
      {bars.map(({ at, good, bad, title }, index) => {
        const below = heightOf(bad);
        const above = Math.min(heightOf(good), HEIGHT - below);
        return (
          <g key={at}>
            <title>{title}</title>
            <rect className={classes.bad} x={index * step} width={width} y={HEIGHT - below} height={below} />
            <rect className={classes.good} x={index * step} width={width} y={HEIGHT - below - above} height={above} />
          </g>
        );
      })}
    </svg>
  );
}
