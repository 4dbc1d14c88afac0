import { queryOptions, useQuery } from '@tanstack/react-query';
import { request } from './client.ts';
import { keys } from './keys.ts';

/** The flows that Crossdock comes with; they change with the program alone. */
const templatesQuery = queryOptions({
  queryKey: keys.templates,
  queryFn: async ({ signal }) => (await request('listFlowTemplates', { signal })).items,
  staleTime: Number.POSITIVE_INFINITY,
});

/** One of them with its document. */
export const templateQuery = (templateId: string) =>
  queryOptions({
    queryKey: keys.template(templateId),
    queryFn: ({ signal }) => request('getFlowTemplate', { params: { templateId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useTemplates = () => useQuery(templatesQuery);
export const useTemplate = (templateId: string) => useQuery(templateQuery(templateId));
