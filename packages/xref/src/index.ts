export {
  checkXref,
  ENTITY_PATTERN,
  idProblem,
  isEntity,
  isSystem,
  KNOWN_ENTITIES,
  MAX_ID_LENGTH,
  SYSTEM_PATTERN,
} from './names.ts';
export { type Proposal, proposeLinks } from './propose-links.ts';
export {
  idsIn,
  idText,
  isSame,
  type LinkedId,
  type LinkRule,
  lists,
  type Origin,
  type Reservation,
  type ReserveOutcome,
  released,
  reserved,
  type SystemId,
  united,
  withId,
  withoutId,
  type XrefRecord,
} from './record.ts';
