/** The palette group of everything that talks to whoever called a hook. */
export const WEBHOOK = 'Webhook';
