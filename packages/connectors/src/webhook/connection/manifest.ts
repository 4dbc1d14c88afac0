import {
  choice,
  configSchema,
  defaultedField,
  defineConnectionType,
  field,
  optionalField,
  ruleWhere,
} from '@crossdock/connector-sdk';
import { Type } from 'typebox';
import { WEBHOOK } from '../connector.ts';

/** The connection type that webhook triggers check their requests with. */
export const HOOK_SECRET = 'hook-secret';

/** What a sender of webhooks shares with us, or the public key that it signs with. */
export const hookSecretConnection = defineConnectionType({
  type: HOOK_SECRET,
  connector: WEBHOOK,
  title: 'Hook secret',
  summary: 'The secret by which a webhook knows its sender.',
  icon: 'signature',
  hosts: [],
  expiry: 'expiresAt',
  mode: 'kind',
  checkable: false,
  settings: configSchema(
    {
      kind: defaultedField(choice('secret', 'password'), 'secret', {
        title: 'Kind',
        description: 'A secret that signs, a token or a key; or a user with a password.',
        'x-labels': { secret: 'Secret, token or key', password: 'User and password' },
      }),
      user: optionalField(Type.String({ minLength: 1, maxLength: 500, pattern: '^[^:]+$' }), {
        title: 'User',
        description: 'Name that the sender signs in with, without a colon.',
        'x-when': { field: 'kind', is: ['password'] },
        'x-pattern-reason': 'must not hold a colon',
      }),
      expiresAt: optionalField(Type.String({ format: 'date', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), {
        title: 'Secret expires on',
        description: 'Day on which the secret ends, such as 2027-03-31. An alarm can tell before.',
        'x-pattern-reason': 'must be a day such as 2027-03-31',
      }),
    },
    {
      allOf: [ruleWhere('kind', 'password', { required: ['user'] })],
    },
  ),
  credentials: configSchema({
    secret: field(Type.String({ minLength: 8, maxLength: 4000 }), {
      title: 'Secret',
      description:
        'As the sender shows it, or made here and entered there: a Standard Webhooks secret (whsec_…) or public key (whpk_…), the secret of another scheme, a bearer token, an API key, a password.',
      'x-when': { field: 'kind', is: ['secret', 'password'] },
      'x-generate': ['whsec', 'hex'],
    }),
    previousSecret: optionalField(Type.String({ minLength: 8, maxLength: 4000 }), {
      title: 'Previous secret',
      description: 'Counts as well, while the sender changes over to the new one. Clear it afterwards.',
    }),
  }),
  examples: [
    { title: 'A secret that signs', settings: { kind: 'secret' } },
    { title: 'A user with a password', settings: { kind: 'password', user: 'shop' } },
  ],
  docs: `A webhook trigger with an *authentication* names one of these; each environment has its own secret under the name. Change over without a gap: move the
present secret to *previous secret*, enter the new one, change it at the sender, then clear the previous one. Where the secret is ours to choose, *Generate* makes one and shows it once. In a shell, a new Standard Webhooks secret is \`whsec_\` followed by what \`openssl rand -base64 32\` gives; for other schemes
\`openssl rand -hex 32\` does.`,
});
