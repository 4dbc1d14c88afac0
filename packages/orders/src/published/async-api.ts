import { type EventSchemas, eventSchemas } from '../compatibility/catalogue-breaks.ts';
import { lineFact } from '../events/catalogue/lines.ts';
import { orderLine } from '../events/catalogue/order.ts';
import { type EventDefinition, schemaIdOf, typeOf } from '../events/define-event.ts';
import { exampleEvent } from '../events/envelope.ts';
import { sharedParts } from '../events/schema-parts.ts';
import { shareParts, withoutReferences } from './shared-schemas.ts';

/** An AsyncAPI 3 document, in so far as it is read here. */
export interface AsyncApi {
  readonly asyncapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly channels: Readonly<Record<string, object>>;
  readonly operations: Readonly<Record<string, object>>;
  readonly components: {
    readonly messages: Readonly<Record<string, object>>;
    readonly schemas: Readonly<Record<string, object>>;
  };
}

const CHANNEL = 'orderEvents';

/** The events of the catalogue for those who subscribe to them: where they are published, their schemas and an example of each. */
export function asyncApi(catalogue: readonly EventDefinition[]): AsyncApi {
  const parts = [...sharedParts, lineFact, orderLine];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Crossdock order events',
      version: '1.0.0',
      description:
        'What happened to orders, as CloudEvents 1.0. Each event is stored once by its source and id; they may come late and in any order. Fields that you do not know are to be ignored: compatible changes add some.',
    },
    channels: { [CHANNEL]: channelOf(catalogue) },
    operations: {
      sendOrderEvents: {
        action: 'send',
        channel: { $ref: `#/channels/${CHANNEL}` },
        summary: 'Crossdock publishes what its flows say about orders.',
      },
    },
    components: {
      messages: Object.fromEntries(catalogue.map((definition) => [definition.name, messageOf(definition)])),
      schemas: shareParts(eventSchemas(catalogue), JSON.parse(JSON.stringify(parts))),
    },
  };
}

/** The text of the document as it is kept in `docs/`. */
export const asyncApiText = (catalogue: readonly EventDefinition[]): string =>
  `${JSON.stringify(asyncApi(catalogue), undefined, 2)}\n`;

/** The schemas that a published document holds, for comparing (`catalogueBreaks`). */
export function publishedSchemas({ components: { messages, schemas } }: AsyncApi): EventSchemas {
  const names = ['CloudEvent', ...Object.keys(messages).map((name) => typeOf(name))];
  return Object.fromEntries(names.map((name) => [name, withoutReferences(schemas[name], schemas) as object]));
}

function channelOf(catalogue: readonly EventDefinition[]): object {
  return {
    address: 'ord.{env}.{order}.{event}',
    title: 'Order events',
    description: 'Subjects of the stream ORD in NATS JetStream.',
    parameters: {
      env: { description: 'Environment, such as prod.' },
      order: { description: 'Hash of the key of the order.' },
      event: { description: 'Hash of source and id of the event.' },
    },
    messages: Object.fromEntries(catalogue.map(({ name }) => [name, { $ref: `#/components/messages/${name}` }])),
  };
}

function messageOf(definition: EventDefinition): object {
  const type = typeOf(definition.name);
  return {
    name: type,
    title: definition.name,
    summary: definition.summary,
    tags: [{ name: definition.group }],
    contentType: 'application/cloudevents+json',
    payload: {
      $id: schemaIdOf(definition.name),
      allOf: [
        { $ref: '#/components/schemas/CloudEvent' },
        {
          type: 'object',
          required: ['type', 'data'],
          properties: { type: { const: type }, data: { $ref: `#/components/schemas/${type}` } },
        },
      ],
    },
    examples: [{ payload: exampleEvent(definition) }],
  };
}
