/** The palette group of what time starts. */
export const SCHEDULE = 'Schedule';
