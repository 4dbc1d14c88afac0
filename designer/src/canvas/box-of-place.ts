import { type Box, boundsOf, type Layout } from '@crossdock/flow-model';
import type { CanvasPlace } from './canvas-types.ts';

type Area = Omit<Box, 'id'>;

/** Where a place is on the canvas: a card, the cards of a group, or a note; nothing for what is not there. `cardsOf` gives the card of a node, or none. */
export function boxOfPlace(
  { kind, id }: CanvasPlace,
  layout: Pick<Layout, 'groups' | 'notes'> | undefined,
  cardsOf: (nodeId: string) => readonly Area[],
): Area | undefined {
  if (kind === 'note') return layout?.notes?.find((note) => note.id === id);
  if (kind === 'node') return cardsOf(id)[0];
  return boundsOf(layout?.groups?.find((group) => group.id === id)?.nodes.flatMap(cardsOf) ?? []);
}
