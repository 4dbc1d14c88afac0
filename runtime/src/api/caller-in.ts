import { FlowError } from '@crossdock/errors';
import type { Caller } from '../auth/index.ts';

/** The caller of a route that is not public. */
export function callerIn(call: { caller: Caller | undefined }): Caller {
  if (!call.caller) throw new FlowError('API_UNAUTHENTICATED');
  return call.caller;
}
