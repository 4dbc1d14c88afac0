import { accountRoutes } from './account-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { connectionRoutes } from './connection-routes.ts';
import { crossReferenceRoutes } from './cross-reference-routes.ts';
import { deploymentRoutes } from './deployment-routes.ts';
import { environmentRoutes } from './environment-routes.ts';
import { executionRoutes } from './execution-routes.ts';
import { flowRoutes } from './flow-routes.ts';
import { healthRoutes } from './health-routes.ts';
import { orderRoutes } from './order-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { presenceRoutes } from './presence-routes.ts';
import { repairRoutes } from './repair-routes.ts';
import { retentionRoutes } from './retention-routes.ts';
import { statusRoutes } from './status-routes.ts';
import { subscriptionRoutes } from './subscription-routes.ts';
import { systemRoutes } from './system-routes.ts';

/** Every route of the runtime but the hooks and the designer's assets, which are public by nature. */
export const routes = {
  ...systemRoutes,
  ...peopleRoutes,
  ...accountRoutes,
  ...auditRoutes,
  ...flowRoutes,
  ...presenceRoutes,
  ...environmentRoutes,
  ...connectionRoutes,
  ...deploymentRoutes,
  ...executionRoutes,
  ...orderRoutes,
  ...crossReferenceRoutes,
  ...statusRoutes,
  ...subscriptionRoutes,
  ...repairRoutes,
  ...retentionRoutes,
  ...healthRoutes,
} as const;

export type RouteId = keyof typeof routes;
