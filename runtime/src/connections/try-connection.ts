import type { ConnectionCheck } from '@crossdock/api-contract';
import type { PublishedConnection } from '@crossdock/bus';
import type { CheckConnection, CheckContext } from '@crossdock/connector-sdk';
import { connectionChecksByType } from '@crossdock/connectors/runners';
import { FlowError, fixOf, isFlowError, toFlowError } from '@crossdock/errors';
import type { KeyRing } from '../vault/index.ts';
import { openConnection } from './open-connections.ts';

const CHECK_TIMEOUT_MS = 15_000;

/** Tries a connection out; what is wrong with it is an answer, not an error. Throws `API_BAD_REQUEST` for a type that has no check. */
export async function tryConnection(
  published: PublishedConnection,
  keyRing: KeyRing,
  context: Omit<CheckContext, 'signal'>,
): Promise<ConnectionCheck> {
  const check = connectionChecksByType.get(published.type);
  if (!check) {
    const reason = `is a connection of type "${published.type}", which has no check`;
    throw new FlowError('API_BAD_REQUEST', { details: { path: `"${published.name}"`, reason } });
  }
  const startedAt = performance.now();
  const outcome = await outcomeOf(check, published, keyRing, context);
  return { ...outcome, at: new Date().toISOString(), latencyMs: Math.round(performance.now() - startedAt) };
}

async function outcomeOf(
  check: CheckConnection,
  published: PublishedConnection,
  keyRing: KeyRing,
  context: Omit<CheckContext, 'signal'>,
): Promise<Pick<ConnectionCheck, 'ok' | 'message' | 'code' | 'fix'>> {
  const signal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
  try {
    const message = await check(openConnection(published, keyRing), { ...context, signal });
    return { ok: true, message, code: null, fix: null };
  } catch (thrown) {
    const error = toFlowError(thrown);
    const { excerpt } = error.details;
    const quote = isFlowError(error, 'REMOTE_REJECTED') && typeof excerpt === 'string' ? `: ${excerpt}` : '';
    return { ok: false, message: `${error.message}${quote}`, code: error.code, fix: fixOf(error.code, error.details) };
  }
}
