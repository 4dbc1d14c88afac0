import type { Connection } from '@crossdock/api-contract';

/** True for a connection that needs a credential which it does not hold. */
export const lacksCredential = ({ credentials }: Connection): boolean =>
  Object.values(credentials).some(({ isNeeded, isSet }) => isNeeded && !isSet);
