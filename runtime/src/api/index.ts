export { type ApiOptions, createApi } from './api.ts';
export { deployRevision } from './deploy-revision.ts';
export { insertDraft } from './drafts.ts';
export { readVariables, writeVariables } from './environments.ts';
export { createEventHub, type EventHub } from './event-hub.ts';
export { publishRevision } from './revisions.ts';
