import type { OrderFunnel, OrderStep } from '@crossdock/api-contract';
import { IconAlertTriangle } from '@tabler/icons-react';
import { orderTexts } from '../texts/index.ts';
import { formatNumber, RelativeTime } from '../ui/index.ts';
import classes from './Funnel.module.css';
import { formatMoney } from './money.ts';
import { STEP_LOOK } from './step-look.ts';

const t = orderTexts.list;
/** Shown also where there is none: the way that an order goes. */
const WAY: ReadonlySet<OrderStep> = new Set<OrderStep>([
  'received',
  'validated',
  'allocated',
  'picked',
  'shipped',
  'invoiced',
  'delivered',
]);

/** How many orders are how far, what they are worth, since when the oldest is there; each narrows the list to its own. */
export function Funnel({
  funnel,
  stage,
  onStage,
}: {
  funnel: OrderFunnel;
  stage: string | undefined;
  onStage: (stage: string | undefined) => void;
}) {
  const most = Math.max(1, ...funnel.steps.map(({ count }) => count));
  return (
    <fieldset className={classes.funnel} aria-label={t.funnel}>
      {funnel.steps
        .filter(({ step, count }) => count > 0 || WAY.has(step))
        .map(({ step, count, pending, values, oldestSince }) => {
          const { Icon } = STEP_LOOK[step];
          return (
            <button
              key={step}
              type="button"
              className={classes.step}
              aria-pressed={stage === step}
              onClick={() => onStage(stage === step ? undefined : step)}
            >
              <span className={classes.name}>
                <Icon size={14} aria-hidden />
                {orderTexts.steps[step]}
              </span>
              <span className={classes.count} data-none={count === 0 || undefined}>
                {formatNumber(count)}
              </span>
              <span className={classes.bar} aria-hidden>
                <span style={{ width: `${(count / most) * 100}%` }} />
              </span>
              <span className={classes.detail} title={values.map(formatMoney).join('\n')}>
                {values.map(formatMoney).join(', ')}
              </span>
              <span className={classes.detail}>
                {oldestSince && (
                  <>
                    {t.oldest} <RelativeTime iso={oldestSince} />
                  </>
                )}
              </span>
              {pending > 0 && (
                <span className={classes.pending}>
                  <IconAlertTriangle size={12} aria-hidden />
                  {t.needing(pending)}
                </span>
              )}
            </button>
          );
        })}
    </fieldset>
  );
}
