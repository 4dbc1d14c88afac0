export { type ApiOptions, createApi } from './api.ts';
export { deployRevision } from './deployments/deploy-revision.ts';
export { insertDraft } from './drafts.ts';
export { readVariables, writeVariables } from './environments/variables.ts';
export { createEventHub, type EventHub } from './event-hub.ts';
export { publishRevision } from './revisions.ts';
export { flowFiles } from './templates/flow-files.ts';
