import { FlowError } from '@crossdock/errors';
import type { CrossReferencePort } from './ports.ts';

const nowhere = (): Promise<never> =>
  Promise.reject(new FlowError('CONFIG_MISSING', { details: { what: 'the store of cross-references' } }));

/** For runs behind which no bus stands: nothing is found, and nothing can be linked. */
export const noXrefs: CrossReferencePort = {
  find: async () => [],
  of: () => ({ reserve: nowhere, link: nowhere, release: nowhere }),
};
