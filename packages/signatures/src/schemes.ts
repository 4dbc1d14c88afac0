/** What is true of a scheme, for forms, guides, and whoever stores a request. Data only: the browser loads it. */
export interface SchemeFacts {
  readonly title: string;
  /** Header that carries the signature or credential, in lower case; none where the hook names it. */
  readonly header?: string;
  /** What the signature covers; `nothing` where the request only carries a shared secret. */
  readonly covers: 'id, time and body' | 'time and body' | 'body' | 'nothing';
  /** Whether senders of this style use other names for the header. */
  readonly renames: boolean;
  /** The document that the scheme is taken from. */
  readonly source: string;
}

/** How a sender can prove that a request is its own. */
export const SCHEMES = {
  'standard-webhooks': {
    title: 'Standard Webhooks',
    header: 'webhook-signature',
    covers: 'id, time and body',
    renames: false,
    source: 'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md',
  },
  shopify: {
    title: 'Shopify',
    header: 'x-shopify-hmac-sha256',
    covers: 'body',
    renames: true,
    source: 'https://shopify.dev/docs/apps/build/webhooks/subscribe/https',
  },
  github: {
    title: 'GitHub',
    header: 'x-hub-signature-256',
    covers: 'body',
    renames: true,
    source: 'https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries',
  },
  stripe: {
    title: 'Stripe',
    header: 'stripe-signature',
    covers: 'time and body',
    renames: true,
    source: 'https://docs.stripe.com/webhooks/signature',
  },
  woocommerce: {
    title: 'WooCommerce',
    header: 'x-wc-webhook-signature',
    covers: 'body',
    renames: true,
    source: 'https://woocommerce.github.io/woocommerce-rest-api-docs/#webhooks',
  },
  basic: {
    title: 'User name and password',
    header: 'authorization',
    covers: 'nothing',
    renames: false,
    source: 'https://www.rfc-editor.org/rfc/rfc7617',
  },
  bearer: {
    title: 'Bearer token',
    header: 'authorization',
    covers: 'nothing',
    renames: false,
    source: 'https://www.rfc-editor.org/rfc/rfc6750#section-2.1',
  },
  'api-key': {
    title: 'API key',
    covers: 'nothing',
    renames: false,
    source: 'https://spec.openapis.org/oas/v3.1.1.html#security-scheme-object',
  },
} as const satisfies Record<string, SchemeFacts>;

export type Scheme = keyof typeof SCHEMES;

/** Every scheme, in the order of forms. */
export const SCHEME_NAMES = Object.keys(SCHEMES) as readonly Scheme[];

/** The facts of a scheme, as their common type. */
export const factsOf = (scheme: Scheme): SchemeFacts => SCHEMES[scheme];

/** How far a sender's clock may be from ours, where the scheme signs the time. */
export const DEFAULT_TOLERANCE_S = 300;
