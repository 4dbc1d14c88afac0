/** The palette group of e-mail. */
export const MAIL = 'E-mail';
