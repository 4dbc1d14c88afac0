/** The palette group of events about orders and the like. */
export const EVENT = 'Event';
