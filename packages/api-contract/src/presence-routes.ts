import Type, { type Static } from 'typebox';
import { defineRoute } from './route.ts';
import * as s from './schemas.ts';

/** How often an open editor says that it is there, in milliseconds. */
export const PRESENCE_EVERY_MS = 20_000;
/** So long after the last word of it an editor counts as closed, in milliseconds. */
export const PRESENCE_ENDS_MS = 50_000;

const EditorParams = Type.Object({
  flowId: s.FlowId,
  editorId: Type.String({
    pattern: '^[A-Za-z0-9-]{8,64}$',
    description: 'Made by the editor: one for each open window.',
  }),
});

const Editor = Type.Object(
  {
    editorId: Type.String(),
    name: Type.String({ description: 'Of the person.' }),
    nodeId: Type.Optional(Type.String({ description: 'The node that is selected there.' })),
    since: Type.String({ format: 'date-time' }),
  },
  { additionalProperties: false },
);
/** One open editor of a flow. */
export type FlowEditor = Static<typeof Editor>;

const Editors = Type.Object({ items: Type.Array(Editor) }, { additionalProperties: false });

/** Who has a flow open. Changes come as `presence` events. */
export const presenceRoutes = {
  enterFlow: defineRoute({
    id: 'enterFlow',
    method: 'PUT',
    path: '/api/v1/flows/:flowId/editors/:editorId',
    permission: 'flows:read',
    audit: null,
    summary: 'Say that an editor has the flow open, again every 20 s; answers all that have',
    params: EditorParams,
    body: Type.Object({ nodeId: Type.Optional(Type.String({ maxLength: 64 })) }, { additionalProperties: false }),
    responses: { 200: Editors },
  }),
  leaveFlow: defineRoute({
    id: 'leaveFlow',
    method: 'DELETE',
    path: '/api/v1/flows/:flowId/editors/:editorId',
    permission: 'flows:read',
    audit: null,
    summary: 'Say that an editor is closed',
    params: EditorParams,
    responses: { 204: s.Nothing },
  }),
} as const;
