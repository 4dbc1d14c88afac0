import type { Alarm } from '@crossdock/api-contract';
import type { LinkProps } from '@tanstack/react-router';
import { REFUSALS } from './trouble-in.ts';

/** Where what an alarm tells of is seen and mended; undefined where no page shows it. */
export function alarmPlace({
  kind,
  env,
  flowId,
  subject,
}: Pick<Alarm, 'kind' | 'env' | 'flowId' | 'subject'>): LinkProps | undefined {
  const of = { ...(env === null ? {} : { env }), ...(flowId === null ? {} : { flow: flowId }) };
  switch (kind) {
    case 'dead-letter':
      return { to: '/exceptions/dead-letters', search: of } as LinkProps;
    case 'waiting':
      return { to: '/executions', search: { ...of, status: 'waiting' } } as LinkProps;
    case 'queue-age':
      return { to: '/executions', search: { ...of, status: 'running' } } as LinkProps;
    case 'error-rate':
      return { to: '/executions', search: { ...of, status: 'failed,compensation-failed' } } as LinkProps;
    case 'hook-refused':
      return { to: '/health', search: env === null ? {} : { env }, hash: REFUSALS } as LinkProps;
    case 'hook-silent':
      return flowId === null ? undefined : ({ to: '/flows/$flowId', params: { flowId } } as LinkProps);
    case 'breaker-open':
    case 'credential-expiring':
      return (
        connectionPlace(subject) ??
        (env === null ? ({ to: '/settings', search: { tab: 'keys' } } as LinkProps) : undefined)
      );
    default:
      return undefined;
  }
}

/** Alarms of connections are about `connection <env>/<name>`, those of breakers about `<env>/connection:<name>`. */
function connectionPlace(subject: string): LinkProps | undefined {
  const [, env, name] = /^connection ([^/]+)\/(.+)$/.exec(subject) ?? /^([^/]+)\/connection:(.+)$/.exec(subject) ?? [];
  return name === undefined ? undefined : ({ to: '/connections', search: { env, q: name } } as LinkProps);
}
