import { FlowError } from '@crossdock/errors';
import type { ApiOptions } from '../api.ts';
import type { Handlers } from '../mount.ts';
import { readTemplates, rowOf } from './read-templates.ts';

/** The flows that Crossdock comes with, to begin a flow from. Their files are read anew each time: there are few. */
export function templateHandlers(options: ApiOptions): Pick<Handlers, 'listFlowTemplates' | 'getFlowTemplate'> {
  return {
    async listFlowTemplates() {
      return { status: 200, body: { items: (await readTemplates(options)).map(rowOf), nextCursor: null } };
    },
    async getFlowTemplate({ params: { templateId } }) {
      const template = (await readTemplates(options)).find(({ id }) => id === templateId);
      if (!template) throw new FlowError('API_NOT_FOUND', { details: { what: 'template', id: templateId } });
      return { status: 200, body: template };
    },
  };
}
