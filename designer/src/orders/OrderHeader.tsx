import type { OrderDetail } from '@crossdock/api-contract';
import { useEnvironments } from '../api/index.ts';
import { Fact } from '../executions/Fact.tsx';
import { orderTexts } from '../texts/index.ts';
import { CopyId, EnvironmentChip, formatMoment, RelativeTime } from '../ui/index.ts';
import { formatMoney } from './money.ts';
import classes from './OrderPage.module.css';
import { PendingBadge, StepBadge } from './StepBadge.tsx';

const t = orderTexts.page;

/** The order at a glance: how far, whose, worth what, since when, promised for when. */
export function OrderHeader({ order }: { order: OrderDetail }) {
  const tone = useEnvironments().data?.find(({ name }) => name === order.env)?.tone ?? 'neutral';
  return (
    <header className={classes.header}>
      <span className={classes.badges}>
        {order.isExceptionPending && <PendingBadge />}
        <StepBadge step={order.step} />
      </span>
      <EnvironmentChip name={order.env} tone={tone} />
      <Fact label={t.since}>
        <RelativeTime iso={order.stepSince} />
      </Fact>
      {order.partner && <Fact label={t.customer}>{order.partner}</Fact>}
      <Fact label={t.id}>
        <CopyId value={order.orderId} what={t.id} />
      </Fact>
      {order.channel && <Fact label={t.channel}>{order.channel}</Fact>}
      {order.value && (
        <Fact label={t.value}>
          <span className="cd-num">{formatMoney(order.value)}</span>
        </Fact>
      )}
      <Fact label={order.step === 'unknown' ? t.firstEvent : t.began}>
        <RelativeTime iso={order.beganAt} />
      </Fact>
      {order.promisedTo && <Fact label={t.promised}>{formatMoment(order.promisedTo)}</Fact>}
    </header>
  );
}
