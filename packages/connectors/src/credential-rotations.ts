import type { RotateCredentials } from '@crossdock/connector-sdk';
import { rotateOdooKey } from './odoo/rotate/rotate-key.ts';

/** How new credentials are made at the other side, by the type of the connection; most types are not here. */
export const credentialRotationsByType: ReadonlyMap<string, RotateCredentials> = new Map<string, RotateCredentials>(
  // Each gets connections of its own type alone, which a map cannot say.
  Object.entries({ odoo: rotateOdooKey } as unknown as Record<string, RotateCredentials>),
);
