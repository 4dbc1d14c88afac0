import Type, { type Static } from 'typebox';
import { defineRoute } from './route.ts';
import * as s from './schemas.ts';

const EnvParams = Type.Object({ env: s.EnvName });
const Entity = Type.String({ maxLength: 40, description: 'What kind of thing: customer, product, order …' });
const System = Type.String({ maxLength: 60 });
const Id = Type.String({ maxLength: 300 });
const Name = Type.String({ maxLength: 300, description: 'What the thing is called in that system' });

const XrefId = Type.Object({
  system: System,
  id: Id,
  name: Type.Optional(Name),
  fields: Type.Optional(
    Type.Record(Type.String(), Type.String(), { description: 'What proposals go by, such as vat' }),
  ),
  origin: s.literals(['person', 'import', 'flow', 'proposal']),
  by: Type.String({ description: 'A person, a key, or the id of an execution' }),
  at: s.Timestamp,
});

export const CrossReference = Type.Object({
  recordId: Type.String(),
  env: s.EnvName,
  entity: Entity,
  ids: Type.Array(XrefId, { description: 'What the one thing is called in each system' }),
  reservations: Type.Array(Type.Object({ system: System, until: s.Timestamp }), {
    description: 'Where an execution is about to make an id',
  }),
});
export type CrossReference = Static<typeof CrossReference>;
export const CrossReferencePage = s.page(CrossReference);

const Proposal = Type.Object({
  a: CrossReference,
  b: CrossReference,
  confidence: Type.Number({ minimum: 0, maximum: 1 }),
  because: Type.Array(Type.String(), { description: 'Key fields that are equal, and "name" where names are alike' }),
});
export type CrossReferenceProposal = Static<typeof Proposal>;

const ImportReport = Type.Object({
  lines: Type.Integer({ description: 'Lines that could be read' }),
  linked: Type.Integer({ description: 'Lines that changed something, or would' }),
  unchanged: Type.Integer(),
  problems: Type.Array(
    Type.Object({ line: Type.Integer(), column: Type.Optional(Type.String()), message: Type.String() }),
  ),
});
export type CrossReferenceImport = Static<typeof ImportReport>;

const named = Type.Object({ system: System, id: Id, name: Type.Optional(Name) }, { additionalProperties: false });

/** Which ids of systems name one thing. */
export const crossReferenceRoutes = {
  listCrossReferences: defineRoute({
    id: 'listCrossReferences',
    method: 'GET',
    path: '/api/v1/environments/:env/cross-references',
    permission: 'executions:read',
    summary: 'Things with their ids in every system, those that changed last first',
    params: EnvParams,
    query: Type.Object(
      {
        ...s.PageQuery,
        entity: Type.Optional(Entity),
        system: Type.Optional(Type.String({ maxLength: 60, description: 'Only those with an id there' })),
        missing: Type.Optional(Type.String({ maxLength: 60, description: 'Only those without an id there' })),
        q: Type.Optional(
          Type.String({
            maxLength: 300,
            description: 'Beginning of an id or a name in any system, large and small letters alike',
          }),
        ),
      },
      { additionalProperties: false },
    ),
    responses: { 200: CrossReferencePage },
  }),
  crossReferenceNames: defineRoute({
    id: 'crossReferenceNames',
    method: 'GET',
    path: '/api/v1/environments/:env/cross-references/names',
    permission: 'executions:read',
    summary: 'The entities and systems that there are, with how many ids',
    params: EnvParams,
    responses: { 200: s.page(Type.Object({ entity: Entity, system: System, ids: Type.Integer() })) },
  }),
  linkCrossReference: defineRoute({
    id: 'linkCrossReference',
    method: 'POST',
    path: '/api/v1/environments/:env/cross-references/link',
    permission: 'references:write',
    envFrom: 'params',
    audit: 'cross-reference.linked',
    summary: 'Make ids one thing; refused with both sides named where they contradict what is linked',
    params: EnvParams,
    body: Type.Object(
      {
        entity: Entity,
        ids: Type.Array(named, { minItems: 2, maxItems: 20 }),
        several: Type.Optional(Type.Boolean({ description: 'Allow several ids of one system' })),
        origin: Type.Optional(s.literals(['person', 'proposal'])),
      },
      { additionalProperties: false },
    ),
    responses: { 200: CrossReference },
  }),
  unlinkCrossReference: defineRoute({
    id: 'unlinkCrossReference',
    method: 'POST',
    path: '/api/v1/environments/:env/cross-references/unlink',
    permission: 'references:write',
    envFrom: 'params',
    audit: 'cross-reference.unlinked',
    summary: 'Take an id out of its thing',
    params: EnvParams,
    body: Type.Object({ entity: Entity, system: System, id: Id }, { additionalProperties: false }),
    responses: { 200: CrossReference },
  }),
  importCrossReferences: defineRoute({
    id: 'importCrossReferences',
    method: 'POST',
    path: '/api/v1/environments/:env/cross-references/import',
    permission: 'references:write',
    envFrom: 'params',
    audit: 'cross-reference.imported',
    summary:
      'Link the lines of a CSV file whose columns are systems; lines that cannot be linked are told and left out',
    params: EnvParams,
    body: Type.Object(
      {
        entity: Entity,
        csv: Type.String({ description: 'Its first line names the systems; "name" and "field.…" are columns too' }),
        dryRun: Type.Optional(Type.Boolean({ description: 'Tell what would happen, and change nothing' })),
        several: Type.Optional(Type.Boolean({ description: 'Allow several ids of one system' })),
      },
      { additionalProperties: false },
    ),
    responses: { 200: ImportReport },
  }),
  proposeCrossReferences: defineRoute({
    id: 'proposeCrossReferences',
    method: 'GET',
    path: '/api/v1/environments/:env/cross-references/proposals',
    permission: 'executions:read',
    summary: 'Things that may be one, by equal key fields and alike names; a person decides',
    params: EnvParams,
    query: Type.Object({ entity: Entity }, { additionalProperties: false }),
    responses: { 200: s.page(Proposal) },
  }),
} as const;
