import { FlowError } from '@crossdock/errors';
import { fieldName, schemaProblems } from '@crossdock/flow-model';
import { eventCatalogue, eventDefinition, type OrderEvent } from './catalogue/index.ts';
import type { EventDefinition } from './define-event.ts';
import { typeOf } from './define-event.ts';
import { envelopeSchema, exampleEvent } from './envelope.ts';

/** One mistake of an event. */
export interface EventProblem {
  /** The field as people write it: `data.lines[0].qty.value`; empty for the event itself. */
  readonly field: string;
  /** A sentence that names the field. */
  readonly message: string;
  /** What to do about it, as a sentence. */
  readonly fix: string;
}

/** What is wrong with an event, against the schema of its type; none for a canonical event. */
export function eventProblems(event: unknown): EventProblem[] {
  if (typeof event !== 'object' || event === null || Array.isArray(event))
    return [{ field: '', message: 'the event must be an object', fix: 'Send a CloudEvent in JSON form.' }];
  const { type } = event as { type?: unknown };
  const definition = typeof type === 'string' ? eventDefinition(type) : undefined;
  if (definition === undefined) return [unknownType(type)];
  return problemsAgainst(schemaOf(definition), event, definition);
}

/** What is wrong with the data of an event, against the schema of its type. */
export function eventDataProblems(definition: EventDefinition, data: unknown): EventProblem[] {
  return problemsAgainst(dataSchemaOf(definition), data === undefined ? {} : { data }, definition);
}

/** The event, when it is a canonical one. Throws `DATA_EVENT_INVALID` with `details.problems`. */
export function checkEvent(event: unknown): OrderEvent {
  const problems = eventProblems(event);
  if (problems.length === 0) return event as OrderEvent;
  const reason = problems.map(({ message }) => message).join('; ');
  throw new FlowError('DATA_EVENT_INVALID', { details: { reason, problems } });
}

function problemsAgainst(schema: object, value: object, definition: EventDefinition): EventProblem[] {
  return schemaProblems(value, schema).map(({ keys, keyword, reason }) => {
    const field = fieldName(keys);
    return {
      field,
      message: `${field || 'the event'} ${reason}`,
      fix: fixFor(keyword, valueAt(exampleEvent(definition), keys)),
    };
  });
}

/** Made once for each definition: what checks by a schema is kept by the schema itself. */
const schemaOf = oncePerDefinition(envelopeSchema);
const dataSchemaOf = oncePerDefinition(({ data }) => ({ type: 'object', required: ['data'], properties: { data } }));

function oncePerDefinition(make: (definition: EventDefinition) => object): (definition: EventDefinition) => object {
  const schemas = new WeakMap<EventDefinition, object>();
  return (definition) => {
    let schema = schemas.get(definition);
    if (!schema) {
      schema = make(definition);
      schemas.set(definition, schema);
    }
    return schema;
  };
}

function unknownType(type: unknown): EventProblem {
  if (type === undefined)
    return { field: 'type', message: 'type is missing', fix: 'Add it, such as "com.platform.order.received.v1".' };
  const near = typeof type === 'string' ? nearestType(type) : undefined;
  return {
    field: 'type',
    message: `type ${JSON.stringify(type)} is no event type of the catalogue`,
    fix: near === undefined ? 'Use a type of the event catalogue.' : `Use ${JSON.stringify(near)} if that is meant.`,
  };
}

/** The type that ends in the same words, whatever prefix and version it came with. */
function nearestType(type: string): string | undefined {
  const name = type.replace(/^com\.platform\./, '').replace(/\.v\d+$/, '');
  const found = eventCatalogue.find((one) => one.name === name || one.name.endsWith(`.${name}`));
  const byLastWord = eventCatalogue.find((one) => one.name.split('.').at(-1) === name.split('.').at(-1));
  const near = found ?? byLastWord;
  return near && typeOf(near.name);
}

function fixFor(keyword: string, example: unknown): string {
  const such = example === undefined ? '' : `, such as ${JSON.stringify(example)}`;
  if (keyword === 'required') return `Add it${such}.`;
  if (keyword === 'unknown') return 'Remove it or correct its spelling.';
  return `Correct the value${such}.`;
}

function valueAt(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((inner, key) => {
    if (Array.isArray(inner)) return inner[0];
    return (inner as Record<string, unknown> | undefined)?.[key];
  }, value);
}
