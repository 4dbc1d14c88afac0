import { openApiDocument } from '@crossdock/api-contract';
import { manifests } from '@crossdock/connectors/manifests';
import type { ApiOptions } from './api.ts';
import type { Handlers } from './mount.ts';

export function descriptionHandlers({ version = '0.1.0' }: ApiOptions): Pick<Handlers, 'openapi' | 'nodeTypes'> {
  const document = openApiDocument({ version });
  return {
    async openapi() {
      return { status: 200, body: document };
    },
    async nodeTypes() {
      return { status: 200, body: { items: [...manifests], nextCursor: null } };
    },
  };
}
