import type { EnginePorts } from './ports.ts';

/** For runs behind which no environment stands: no status is mapped. */
export const noStatuses: EnginePorts['statuses'] = () => ({ find: () => undefined });
