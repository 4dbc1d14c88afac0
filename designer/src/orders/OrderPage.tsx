import { Button } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useOrder } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { orderTexts } from '../texts/index.ts';
import { CopyId, NotRead, PageBar } from '../ui/index.ts';
import { Failures } from './Failures.tsx';
import { Identifiers } from './Identifiers.tsx';
import { Issues } from './Issues.tsx';
import { LineGrid } from './LineGrid.tsx';
import { NextSteps } from './NextSteps.tsx';
import { OrderHeader } from './OrderHeader.tsx';
import classes from './OrderPage.module.css';
import { Timeline } from './Timeline.tsx';
import { Tracks } from './Tracks.tsx';

const t = orderTexts.page;
const route = getRouteApi('/frame/orders/$orderId');

/** One order: how far it is, what is wrong with it, its lines, and who told what. */
export function OrderPage() {
  const { orderId } = route.useParams();
  const { environment } = useEnvironment();
  const { data: order, error, refetch } = useOrder(environment.name, orderId);
  const bar = (
    <PageBar
      title={order?.customerOrderNo ?? orderId}
      crumbs={[
        { label: orderTexts.title, link: { to: '/orders' } },
        { label: <CopyId value={order?.customerOrderNo ?? orderId} what={t.customerOrder} /> },
      ]}
    />
  );
  if (!order)
    return (
      <>
        {bar}
        <NotRead
          error={error}
          onRetry={() => void refetch()}
          missing={{
            title: t.notFoundTitle,
            detail: t.notFoundDetail(orderId, environment.name),
            action: (
              <Button component={Link} to="/orders">
                {t.toList}
              </Button>
            ),
          }}
        />
      </>
    );
  return (
    <>
      {bar}
      <div className={classes.page}>
        <OrderHeader order={order} />
        <div className={classes.main}>
          <Tracks order={order} />
          <Failures order={order} />
          <Issues order={order} />
          <NextSteps order={order} />
          <LineGrid order={order} />
          <Identifiers identifiers={order.identifiers} />
        </div>
        <Timeline order={order} />
      </div>
    </>
  );
}
