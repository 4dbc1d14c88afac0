/** The palette group of nodes that decide where a message goes. */
export const CONTROL = 'Control';
