import { connectionTypesByName } from '@crossdock/connectors/manifests';

/** A connection type as people call it. */
export const titleOf = (type: string): string => connectionTypesByName.get(type)?.title ?? type;
