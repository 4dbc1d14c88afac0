import { eventCatalogue, typeOf } from '@crossdock/orders';
import { statusTexts } from '../texts/index.ts';

/** Stands in a list of choices for a status that tells of no event. */
export const NO_EVENT = 'none';

const OF_CROSSDOCK = new Set<string>(['Control', 'Identity']);

/** The events that a status may mean, by group; those that only Crossdock itself tells of are left out. */
export const EVENT_CHOICES = [
  { group: '', items: [{ value: NO_EVENT, label: statusTexts.nothing }] },
  ...[...Map.groupBy(eventCatalogue, ({ group }) => group)]
    .filter(([group]) => !OF_CROSSDOCK.has(group))
    .map(([group, events]) => ({
      group: group as string,
      items: events.map(({ name, summary }) => ({ value: typeOf(name) as string, label: `${name}: ${summary}` })),
    })),
];
