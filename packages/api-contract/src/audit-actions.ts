import type { AuditAction } from './route.ts';
import { routes } from './routes.ts';

/** What is recorded although no route that changes something did it, each with what it tells. */
export const ACTIONS_BESIDE_ROUTES = {
  'installation.backed-up':
    'a backup of the whole installation was written, `withKey` with the key of its credentials too',
  'installation.restored': 'this installation was made of a backup; it sends no alarms until that is resumed',
  'person.password-set':
    'a person got a new password by `npm run set-password` on the server’s machine, and was signed out everywhere',
  'session.refused': 'a sign-in that failed',
} as const satisfies Record<AuditAction, string>;

type ActionOf<R> = R extends { audit: infer A extends AuditAction } ? A : never;

/** Every action that the audit can hold. */
export type RecordedAction = ActionOf<(typeof routes)[keyof typeof routes]> | keyof typeof ACTIONS_BESIDE_ROUTES;

/** The same as a list, by name. */
export function recordedActions(): RecordedAction[] {
  const ofRoutes = Object.values(routes).flatMap((route) => ('audit' in route && route.audit ? [route.audit] : []));
  const beside = Object.keys(ACTIONS_BESIDE_ROUTES) as (keyof typeof ACTIONS_BESIDE_ROUTES)[];
  return [...new Set<RecordedAction>([...ofRoutes, ...beside])].toSorted();
}
