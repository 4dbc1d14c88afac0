import Type, { type Static, type TSchema } from 'typebox';
import { EXPECTED_STATUSES, type ExpectedStatus, type Tolerance } from './flow-test.ts';

const strict = { additionalProperties: false } as const;

/** Any keys, one schema for all values; TypeBox's own form leaves out keys with line breaks. */
export const record = <Value extends TSchema>(value: Value, options: object = {}) =>
  Type.Unsafe<Record<string, Static<Value>>>({ type: 'object', additionalProperties: value, ...options });

const AnswerSchema = Type.Union([
  Type.Object(
    { output: Type.Optional(Type.Unknown()), handle: Type.Optional(Type.String({ maxLength: 200 })) },
    strict,
  ),
  Type.Object(
    {
      error: Type.Object(
        {
          code: Type.String({ pattern: '^[A-Z][A-Z0-9_]{2,79}$', description: 'Such as REMOTE_REJECTED.' }),
          message: Type.Optional(Type.String({ maxLength: 5000 })),
          details: Type.Optional(record(Type.Unknown())),
        },
        strict,
      ),
    },
    strict,
  ),
]);

export const AnswersSchema = record(Type.Array(AnswerSchema, { maxItems: 1000 }), {
  description:
    'By node id, what it answers instead of being run: one for each visit, the last one for all further visits.',
});

const ExpectationSchema = Type.Object(
  {
    status: Type.Optional(Type.Unsafe<ExpectedStatus>({ type: 'string', enum: [...EXPECTED_STATUSES] })),
    error: Type.Optional(
      Type.Object(
        {
          code: Type.String({ maxLength: 80 }),
          nodeId: Type.Optional(Type.String()),
          details: Type.Optional(record(Type.Unknown())),
        },
        strict,
      ),
    ),
    reply: Type.Optional(Type.Unknown()),
    path: Type.Optional(
      Type.Array(Type.String(), { maxItems: 10_000, description: 'Ids of the nodes in the order of their attempts.' }),
    ),
    outputs: Type.Optional(record(Type.Unknown(), { description: 'By node id, its last output.' })),
    calls: Type.Optional(
      record(Type.Array(Type.Unknown(), { maxItems: 1000 }), {
        description: 'By id of a node that was answered for, its evaluated settings of each visit.',
      }),
    ),
  },
  { ...strict, description: 'What is left out is not compared.' },
);

const XrefId = Type.String({ minLength: 1, maxLength: 500 });

export const TestXrefSchema = Type.Object(
  {
    entity: Type.String({ minLength: 1, maxLength: 100, description: 'What it is, such as customer.' }),
    ids: record(Type.Union([XrefId, Type.Array(XrefId, { minItems: 1, maxItems: 1000 })]), {
      description: 'By system, its id there, or its ids.',
    }),
  },
  strict,
);

const ToleranceSchema = Type.Object(
  {
    path: Type.String({
      minLength: 1,
      maxLength: 1000,
      description: 'Names, * (any key or index) and ** (any depth) from "expect" on, such as outputs.erp.headers.date.',
    }),
    as: Type.Unsafe<Tolerance['as']>({ type: 'string', enum: ['anything', 'type', 'pattern', 'contains'] }),
    pattern: Type.Optional(Type.String({ minLength: 1, maxLength: 1000 })),
  },
  strict,
);

export const FlowTestSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200, description: 'Unique in the flow.' }),
    sample: Type.Optional(Type.String({ maxLength: 200, description: 'Name of the sample that comes in.' })),
    payload: Type.Optional(Type.Unknown()),
    patch: Type.Optional(Type.Unknown({ description: 'Laid over the payload as a JSON merge patch (RFC 7396).' })),
    headers: Type.Optional(record(Type.String())),
    trigger: Type.Optional(Type.String({ description: 'Id of the trigger, where it is not the first.' })),
    receivedAt: Type.Optional(Type.String({ maxLength: 40, description: 'RFC 3339; when the message comes in.' })),
    variables: Type.Optional(record(Type.Unknown(), { description: '$vars.' })),
    answers: Type.Optional(AnswersSchema),
    xrefs: Type.Optional(
      Type.Array(TestXrefSchema, {
        maxItems: 1000,
        description: 'Cross-references that $xref() and the nodes of cross-references find: one thing each.',
      }),
    ),
    expect: ExpectationSchema,
    tolerances: Type.Optional(Type.Array(ToleranceSchema, { maxItems: 100 })),
  },
  { ...strict, description: 'What comes in, what nodes answer, what is to come of it. Effects are never real.' },
);
