import { seededChance } from '@crossdock/engine/testing';

/** What is the matter with an order, whatever faults there are besides. `carrier silent`: it books, and never says so. */
export const FATES = [
  'nothing',
  'unknown customer',
  'blocked customer',
  'too little stock',
  'wave refused',
  'booking refused',
  'carrier silent',
  'invoice refused',
] as const;
export type Fate = (typeof FATES)[number];

/** Orders whose names begin so have nothing the matter with them. */
export const SOUND = 'sound-';
const SHARE_OF_NOTHING = 0.5;

/** The same for the same seed and order, in every process. */
export function fateOf(seed: number, order: string): Fate {
  if (order.startsWith(SOUND)) return 'nothing';
  let hash = seed;
  for (const character of order) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  const chance = seededChance(hash);
  return chance.next() < SHARE_OF_NOTHING ? 'nothing' : chance.pick(FATES.slice(1));
}
