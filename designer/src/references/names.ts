import { ENTITY_PATTERN, KNOWN_ENTITIES, SYSTEM_PATTERN } from '@crossdock/xref';

export { KNOWN_ENTITIES };
export const ENTITY = new RegExp(ENTITY_PATTERN);
export const SYSTEM = new RegExp(SYSTEM_PATTERN);
