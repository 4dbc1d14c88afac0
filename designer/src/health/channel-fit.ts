import type { AlarmTarget, Connection } from '@crossdock/api-contract';
import { healthTexts } from '../texts/index.ts';

const t = healthTexts.channels;

/** The connection type that each kind of channel sends through. */
export const CHANNEL_TYPES: Readonly<Record<AlarmTarget['kind'], string>> = { email: 'smtp', webhook: 'http' };

/** Why a channel cannot send through the connection that it names; undefined where it can. */
export function channelProblem(
  { kind, env, connection: name }: Pick<AlarmTarget, 'kind' | 'env' | 'connection'>,
  connections: readonly Connection[],
): string | undefined {
  const found = connections.find((each) => each.env === env && each.name === name);
  if (!found) return t.connectionGone(name, env);
  if (found.type !== CHANNEL_TYPES[kind]) return t.connectionType[kind](name, env);
  return kind === 'webhook' && !found.credentials.signingSecret?.isSet ? t.connectionUnsigned(name, env) : undefined;
}
