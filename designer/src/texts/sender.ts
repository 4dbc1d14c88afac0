import type { Scheme } from '@crossdock/connectors/manifests';

/** How to set up who calls a webhook. */
export const senderTexts = {
  title: 'Set up the sender',
  environment: 'Environment',
  address: 'Address',
  header: 'Header',
  parameter: 'Query parameter',
  call: 'Call it yourself',
  callHint: 'Put the secret in place of the dots. Needs curl and openssl.',
  noPath: 'Give the hook a path first; then its address stands here.',
  refused: (count: number, env: string, why: string) =>
    `Within 24 h ${count === 1 ? 'a request was' : `${count} requests were`} refused in ${env}: ${why}.`,
  refusedLink: 'See when',
  open: 'Anyone who knows the address may call it. Choose an authentication before it takes real orders; prod refuses open hooks unless that is confirmed.',
  connection: (name: string | undefined) =>
    name
      ? `The secret is that of the connection "${name}" in the environment.`
      : 'Name the connection that holds the secret above.',
  steps: {
    'standard-webhooks': [
      'Enter the address at the sender.',
      'Copy its secret (whsec_…), or its public key (whpk_…), into the connection. Where it asks for a secret, generate one in the connection.',
      'Every attempt carries webhook-id, webhook-timestamp and webhook-signature; any library of Standard Webhooks makes them.',
    ],
    shopify: [
      'In the shop under Settings › Notifications › Webhooks, or in the configuration of the app: add the address, format JSON.',
      'Copy the secret shown below the list (for an app: its client secret) into the connection.',
    ],
    github: [
      'Generate a secret in the connection.',
      'In the repository under Settings › Webhooks: add the address, content type application/json, and that secret.',
    ],
    stripe: [
      'In Stripe under Developers › Webhooks: add an endpoint with the address.',
      'Copy its signing secret (whsec_…, with the prefix) into the connection.',
      'Stripe signs every attempt anew: give the flow the dedupe key "id", so that an event that comes again is done once.',
    ],
    woocommerce: [
      'Generate a secret in the connection.',
      'In WooCommerce under Settings › Advanced › Webhooks: add one with the address as delivery URL, that secret and the status Active.',
      'The ping that WooCommerce sends on saving is not signed and is refused; its deliveries are signed.',
    ],
    basic: ['Enter the address, and user and password of the connection, at the sender.'],
    bearer: [
      'Generate a secret in the connection.',
      'Enter the address at the sender, and the secret as its bearer token.',
    ],
    'api-key': [
      'Generate a secret in the connection.',
      'Enter the address at the sender, and the secret as its key under the name below.',
    ],
  } satisfies Record<Scheme, readonly string[]>,
};
