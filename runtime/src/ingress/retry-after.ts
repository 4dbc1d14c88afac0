import { isFlowError } from '@crossdock/errors';

const RETRY_AFTER_S: Readonly<Record<string, number>> = {
  SYSTEM_STOPPING: 1,
  SYSTEM_BUS_UNAVAILABLE: 2,
  SYSTEM_BUS_FULL: 30,
  API_HOOK_NOT_READY: 30,
};

/** The seconds after which a refused request may come again, where waiting helps. */
export function retryAfterS(error: unknown): number | undefined {
  if (!isFlowError(error)) return undefined;
  const { retryAfterS } = error.details;
  return typeof retryAfterS === 'number' ? retryAfterS : RETRY_AFTER_S[error.code];
}
