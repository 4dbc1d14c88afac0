import { schemaProblems } from '@crossdock/flow-model';
import { describe, expect, it } from 'vitest';
import { eventSchemas } from '../compatibility/catalogue-breaks.ts';
import { eventCatalogue } from '../events/catalogue/index.ts';
import { typeOf } from '../events/define-event.ts';
import { asyncApi, asyncApiText, publishedSchemas } from './async-api.ts';
import { withoutReferences } from './shared-schemas.ts';

const document = asyncApi(eventCatalogue);
const { messages, schemas } = document.components;

describe('the AsyncAPI document', () => {
  it('leads from its channel to a message of each event', () => {
    const [channel] = Object.values(document.channels) as { messages: Record<string, { $ref: string }> }[];
    for (const { name } of eventCatalogue) {
      expect(channel?.messages[name]).toEqual({ $ref: `#/components/messages/${name}` });
      expect(messages[name]).toMatchObject({ name: typeOf(name) });
    }
  });

  it.each(eventCatalogue.map(({ name }) => [name]))('has an example of %s that fits its own schema', (name) => {
    const { payload, examples } = messages[name] as { payload: { allOf: object[] }; examples: { payload: object }[] };
    const [envelope, own] = payload.allOf.map((part) => withoutReferences(part, schemas) as object);
    expect(schemaProblems(examples[0]?.payload, envelope!)).toEqual([]);
    expect(schemaProblems(examples[0]?.payload, own!)).toEqual([]);
    expect(schemaProblems({ ...examples[0]?.payload, data: { colour: 'red' } }, own!)).not.toEqual([]);
  });

  it('gives back the very schemas that it was made of', () => {
    expect(publishedSchemas(JSON.parse(asyncApiText(eventCatalogue)))).toEqual(eventSchemas(eventCatalogue));
  });

  it('writes each shared part once', () => {
    expect(asyncApiText(eventCatalogue).split('"title": "Quantity"')).toHaveLength(2);
  });

  it('refuses a reference that leads nowhere', () => {
    expect(() => withoutReferences({ $ref: '#/components/schemas/Nothing' }, schemas)).toThrow(
      'the reference "#/components/schemas/Nothing" leads nowhere',
    );
  });
});
