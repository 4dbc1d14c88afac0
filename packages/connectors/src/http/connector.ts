/** The palette group of plain HTTP calls. */
export const HTTP = 'HTTP';
