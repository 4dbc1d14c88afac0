import { GOODS_STAGES, type OrderDetail, type OrderProgress } from '@crossdock/api-contract';
import { IconCircle, IconCircleCheckFilled, IconCircleHalf2 } from '@tabler/icons-react';
import { orderTexts } from '../texts/index.ts';
import { RelativeTime } from '../ui/index.ts';
import { fractionOf, shareOf } from './progress.ts';
import classes from './Tracks.module.css';

const t = orderTexts.tracks;

interface Station {
  name: string;
  state: OrderProgress['state'];
  share: number;
  fraction?: string | undefined;
  /** RFC 3339. */
  since?: string | undefined;
}

/** The two ways that an order goes, each by itself: its goods and its bills. What was decided about it stands before both. */
export function Tracks({ order }: { order: OrderDetail }) {
  const { fulfilment, billing, times } = order;
  const of = (name: keyof typeof orderTexts.steps, progress: OrderProgress): Station => ({
    name: orderTexts.steps[name],
    state: progress.state,
    share: shareOf(progress),
    fraction: progress.state === 'none' ? undefined : fractionOf(progress),
    since: times[name]?.currentSince,
  });
  const decided = (name: 'received' | 'validated'): Station => {
    const since = times[name]?.currentSince;
    return { name: orderTexts.steps[name], state: since ? 'reached' : 'none', share: since ? 1 : 0, since };
  };
  const paid: Station = {
    ...{ name: t.paid, state: billing.isPaid ? 'reached' : 'none', share: billing.isPaid ? 1 : 0 },
  };
  return (
    <section className={classes.tracks}>
      <Track
        label={t.goods}
        stations={[
          decided('received'),
          decided('validated'),
          ...GOODS_STAGES.map((name) => of(name, fulfilment[name])),
        ]}
      />
      <Track label={t.billing} stations={[of('invoiced', billing.invoiced), paid]} />
    </section>
  );
}

function Track({ label, stations }: { label: string; stations: readonly Station[] }) {
  return (
    <>
      <h2 className={classes.label}>{label}</h2>
      <ol className={classes.track} aria-label={label}>
        {stations.map(({ name, state, share, fraction, since }) => {
          const Icon = state === 'reached' ? IconCircleCheckFilled : state === 'partial' ? IconCircleHalf2 : IconCircle;
          return (
            <li key={name} className={classes.station} data-state={state}>
              <span className={classes.name}>
                <Icon size={16} aria-hidden />
                {name}
              </span>
              <span className={classes.bar} aria-hidden>
                <span style={{ width: `${share * 100}%` }} />
              </span>
              {fraction && <span className={classes.detail}>{fraction}</span>}
              {state === 'none' && <span className={classes.open}>{t.notYet}</span>}
              {since && (
                <span className={classes.detail}>
                  <RelativeTime iso={since} />
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </>
  );
}
