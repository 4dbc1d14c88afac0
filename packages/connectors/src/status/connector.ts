/** The palette group of what systems call the states of their documents. */
export const STATUS = 'Statuses';
