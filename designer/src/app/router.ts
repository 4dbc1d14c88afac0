import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import { ApiError, meQuery, preferencesQuery, queryClient, whenSignedOut } from '../api/index.ts';
import { validateConnectionSearch } from '../connections/connection-search.ts';
import { validateDeploymentSearch } from '../deployments/deployment-search.ts';
import { validateEditorSearch } from '../editor/editor-search.ts';
import { validateDeadLetterSearch, validateInDoubtSearch } from '../exceptions/exception-search.ts';
import { validateExecutionSearch, validateTraceSearch } from '../executions/execution-search.ts';
import { withoutWords } from '../filters/words.ts';
import { validateFlowListSearch } from '../flows/flow-search.ts';
import { validateHealthSearch } from '../health/health-search.ts';
import { validateOrderRuleSearch } from '../order-rules/order-rule-search.ts';
import { validateOrderSearch } from '../orders/order-search.ts';
import { validateReferenceSearch } from '../references/reference-search.ts';
import { validateSettingsSearch } from '../settings/settings-search.ts';
import { showLanguageOf } from '../texts/language.ts';
import { BrokenPage } from './BrokenPage.tsx';
import { Frame } from './Frame.tsx';
import { NotFoundPage } from './NotFoundPage.tsx';
import { SignInPage } from './SignInPage.tsx';
import { optionalText } from './search-params.ts';

const rootRoute = createRootRoute({ notFoundComponent: NotFoundPage, errorComponent: BrokenPage });

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { returnTo?: string; ended?: true } => ({
    ...optionalText(search, 'returnTo'),
    ...(search.ended ? { ended: true as const } : {}),
  }),
  component: SignInPage,
});

/** Everything behind the sign-in. The environment travels with every address, so that a link shows what its sender saw. */
const frameRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'frame',
  validateSearch: (search: Record<string, unknown>): { env?: string } => optionalText(search, 'env'),
  search: { middlewares: [retainSearchParams(['env'])] },
  beforeLoad: async ({ location }) => {
    try {
      const [{ language }] = await Promise.all([
        queryClient.ensureQueryData(preferencesQuery),
        queryClient.ensureQueryData(meQuery),
      ]);
      await showLanguageOf(language);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { returnTo: location.href } });
    }
  },
  component: Frame,
  errorComponent: BrokenPage,
});

const homeRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/flows' });
  },
});

const flowsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/flows',
  validateSearch: validateFlowListSearch,
  component: lazyRouteComponent(() => import('../flows/FlowListPage.tsx'), 'FlowListPage'),
});

const flowRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/flows/$flowId',
  validateSearch: validateEditorSearch,
  component: lazyRouteComponent(() => import('../editor/index.ts'), 'FlowEditorPage'),
});

const executionsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/executions',
  validateSearch: validateExecutionSearch,
  beforeLoad: ({ search }) => {
    const without = withoutWords(search);
    if (without) throw redirect({ to: '/executions', ...without });
  },
  component: lazyRouteComponent(() => import('../executions/ExecutionListPage.tsx'), 'ExecutionListPage'),
});

const executionRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/executions/$executionId',
  validateSearch: validateTraceSearch,
  component: lazyRouteComponent(() => import('../executions/ExecutionPage.tsx'), 'ExecutionPage'),
});

const ordersRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/orders',
  validateSearch: validateOrderSearch,
  beforeLoad: ({ search }) => {
    const without = withoutWords(search);
    if (without) throw redirect({ to: '/orders', ...without });
  },
  component: lazyRouteComponent(() => import('../orders/OrderListPage.tsx'), 'OrderListPage'),
});

const orderRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/orders/$orderId',
  component: lazyRouteComponent(() => import('../orders/OrderPage.tsx'), 'OrderPage'),
});

const orderRulesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/order-rules',
  validateSearch: validateOrderRuleSearch,
  component: lazyRouteComponent(() => import('../order-rules/OrderRulesPage.tsx'), 'OrderRulesPage'),
});

const subscriptionsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/subscriptions',
  component: lazyRouteComponent(() => import('../subscriptions/SubscriptionsPage.tsx'), 'SubscriptionsPage'),
});

const referencesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/references',
  validateSearch: validateReferenceSearch,
  beforeLoad: ({ search }) => {
    const without = withoutWords(search);
    if (without) throw redirect({ to: '/references', ...without });
  },
  component: lazyRouteComponent(() => import('../references/ReferencesPage.tsx'), 'ReferencesPage'),
});

const exceptionsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/exceptions',
  component: lazyRouteComponent(() => import('../exceptions/ExceptionsPage.tsx'), 'ExceptionsPage'),
});

const exceptionsHomeRoute = createRoute({
  getParentRoute: () => exceptionsRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/exceptions/dead-letters' });
  },
});

const deadLettersRoute = createRoute({
  getParentRoute: () => exceptionsRoute,
  path: '/dead-letters',
  validateSearch: validateDeadLetterSearch,
  beforeLoad: ({ search }) => {
    const without = withoutWords(search);
    if (without) throw redirect({ to: '/exceptions/dead-letters', ...without });
  },
  component: lazyRouteComponent(() => import('../exceptions/DeadLettersTab.tsx'), 'DeadLettersTab'),
});

const inDoubtRoute = createRoute({
  getParentRoute: () => exceptionsRoute,
  path: '/in-doubt',
  validateSearch: validateInDoubtSearch,
  component: lazyRouteComponent(() => import('../exceptions/InDoubtTab.tsx'), 'InDoubtTab'),
});

const deploymentsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/deployments',
  validateSearch: validateDeploymentSearch,
  component: lazyRouteComponent(() => import('../deployments/DeploymentsPage.tsx'), 'DeploymentsPage'),
});

const connectionsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/connections',
  validateSearch: validateConnectionSearch,
  component: lazyRouteComponent(() => import('../connections/ConnectionsPage.tsx'), 'ConnectionsPage'),
});

const healthRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/health',
  validateSearch: validateHealthSearch,
  component: lazyRouteComponent(() => import('../health/HealthPage.tsx'), 'HealthPage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings',
  validateSearch: validateSettingsSearch,
  component: lazyRouteComponent(() => import('../settings/SettingsPage.tsx'), 'SettingsPage'),
});

const accountRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/account',
  component: lazyRouteComponent(() => import('../account/AccountPage.tsx'), 'AccountPage'),
});

/** Behind a one-time link; who opens it has no password yet. */
const passwordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/password',
  component: lazyRouteComponent(() => import('../account/PasswordPage.tsx'), 'PasswordPage'),
});

/** An unknown address keeps the frame, and with it the ways on. */
const unknownRoute = createRoute({ getParentRoute: () => frameRoute, path: '$', component: NotFoundPage });

const routeTree = rootRoute.addChildren([
  signInRoute,
  passwordRoute,
  frameRoute.addChildren([
    homeRoute,
    flowsRoute,
    flowRoute,
    ordersRoute,
    orderRoute,
    orderRulesRoute,
    subscriptionsRoute,
    referencesRoute,
    executionsRoute,
    executionRoute,
    exceptionsRoute.addChildren([exceptionsHomeRoute, deadLettersRoute, inDoubtRoute]),
    healthRoute,
    deploymentsRoute,
    connectionsRoute,
    settingsRoute,
    accountRoute,
    unknownRoute,
  ]),
]);

/** Every page has an address that restores it: filters, selection and open tab are search parameters; the words of a search are not, see `Words`. */
export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultErrorComponent: BrokenPage,
  defaultNotFoundComponent: NotFoundPage,
});

// A session can end while a page is open; the address to come back to is kept.
whenSignedOut(() => {
  const { location } = router.state;
  if (location.pathname === '/sign-in' || queryClient.getQueryData(meQuery.queryKey) === undefined) return;
  queryClient.clear();
  void router.navigate({ to: '/sign-in', search: { returnTo: location.href, ended: true } });
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
