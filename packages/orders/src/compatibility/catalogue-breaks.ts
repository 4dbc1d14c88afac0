import type { EventDefinition } from '../events/define-event.ts';
import { typeOf } from '../events/define-event.ts';
import { attributesSchema } from '../events/envelope.ts';
import { type SchemaBreak, schemaBreaks } from './schema-break.ts';

/** The envelope's schema under `CloudEvent`, and the schema of each type's data under the type. */
export type EventSchemas = Readonly<Record<string, object>>;

export interface CatalogueBreak extends SchemaBreak {
  /** Event type, or `CloudEvent` for the envelope. */
  readonly schema: string;
}

/** As plain JSON. */
export function eventSchemas(catalogue: readonly EventDefinition[]): EventSchemas {
  const schemas = catalogue.map(({ name, data }) => [typeOf(name), data] as const);
  return JSON.parse(JSON.stringify({ CloudEvent: attributesSchema(), ...Object.fromEntries(schemas) })) as EventSchemas;
}

/**
 * What breaks when the published schemas are replaced; nothing for a compatible change, such as another type. What breaks goes into a new
 * version of the type, beside the old one.
 */
export function catalogueBreaks(published: EventSchemas, now: EventSchemas): CatalogueBreak[] {
  return Object.entries(published).flatMap(([schema, before]): CatalogueBreak[] => {
    const after = now[schema];
    if (after === undefined)
      return [{ schema, field: '', breaks: ['stored events', 'subscribers'], reason: 'was taken away' }];
    return schemaBreaks(before, after).map((one) => ({ schema, ...one }));
  });
}
