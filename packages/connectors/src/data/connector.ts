/** The palette group of nodes that shape and check payloads. */
export const DATA = 'Data';
