/** The palette group of messages on the NATS that Crossdock runs on. */
export const NATS = 'NATS';
