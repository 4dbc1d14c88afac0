export { postSigned, type Webhook } from './post-signed.ts';
export { signingTrouble } from './signing-connection.ts';
