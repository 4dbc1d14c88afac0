import Type, { type Static, type TSchema } from 'typebox';
import { type EventDefinition, type EventType, schemaIdOf, typeOf } from './define-event.ts';
import { maybe, moment, text } from './schema-parts.ts';

const attributes = {
  specversion: Type.Literal('1.0'),
  id: text('Names the fact at its source, so that the same fact has the same id whoever tells it, and how often.'),
  source: text('Who says so, as a URI. With `id` it makes the event unique.'),
  subject: maybe(text('What it happened to, such as order/4711.')),
  time: moment('When it happened, by the clock of the source.'),
  recordedtime: maybe(moment('When it was stored.')),
  datacontenttype: Type.Literal('application/json'),
  dataschema: maybe(text('Address of the schema of `data`.')),
  partitionkey: text('Key of the order.'),
  tenantid: maybe(text()),
  sequence: maybe(text('Position among the events of the order.')),
  correlationid: maybe(text()),
  causationid: maybe(text('Id of the event or command that led to it.')),
  traceparent: maybe(text('W3C Trace Context of the execution that told it.')),
  tracestate: maybe(text(undefined, 2000)),
} as const;

const ATTRIBUTE_NAMES = { propertyNames: { pattern: '^[a-z0-9]{1,20}$' } } as const;

type Attributes = Static<ReturnType<typeof attributesOnly>>;
const attributesOnly = () => Type.Object(attributes);

/** A CloudEvent 1.0 in JSON form, as `event.emit` makes it. */
export type EventOf<Definition extends EventDefinition> =
  Definition extends EventDefinition<infer Name, infer Data extends TSchema>
    ? Attributes & { type: EventType<Name>; data: Static<Data> }
    : never;

/** The schema of the envelope alone, whatever the event; its `type` and `data` are left to that. */
export function attributesSchema(): object {
  return Type.Object(attributes, { title: 'CloudEvent', ...ATTRIBUTE_NAMES });
}

/** The schema of a whole event: envelope and data. Other extension attributes may come along, as CloudEvents allows. */
export function envelopeSchema(definition: EventDefinition): object {
  return Type.Object(
    { ...attributes, type: Type.Literal(typeOf(definition.name)), data: definition.data },
    {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: schemaIdOf(definition.name),
      title: typeOf(definition.name),
      description: definition.summary,
      ...ATTRIBUTE_NAMES,
    },
  );
}

/** The definition's example as a whole event. */
export function exampleEvent<Definition extends EventDefinition>(definition: Definition): EventOf<Definition> {
  const at = '2026-11-23T09:14:03Z';
  return {
    specversion: '1.0',
    id: `example:${definition.name}:${at}`,
    source: '//connections/erp-prod',
    type: typeOf(definition.name),
    subject: 'order/ord_01JD8',
    time: at,
    datacontenttype: 'application/json',
    dataschema: schemaIdOf(definition.name),
    partitionkey: 'ord_01JD8',
    data: definition.example,
  } as EventOf<Definition>;
}
