import type { World } from '../world.ts';

/** A CRM as HubSpot is: lists of changes of properties of deals, times in milliseconds. */
const SYSTEM = 'crm';

export function offer(world: World): void {
  world.ledger.quote = { id: world.nextId('Q'), state: 'created' };
  tellDeal(world, 'deal.creation', 'presentationscheduled');
}

export function closeDeal(world: World, quote: NonNullable<World['ledger']['quote']>, isWon: boolean): void {
  quote.state = isWon ? 'accepted' : 'lost';
  tellDeal(world, 'deal.propertyChange', isWon ? 'closedwon' : 'closedlost');
}

function tellDeal(world: World, subscriptionType: string, stage: string): void {
  const change = { propertyName: 'dealstage', propertyValue: stage, occurredAt: world.now() };
  const body = [{ eventId: world.nextId('D'), subscriptionType, objectId: world.ledger.quote!.id, ...change }];
  world.tell({ system: SYSTEM, body });
}
