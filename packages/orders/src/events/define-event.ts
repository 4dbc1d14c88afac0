import type { Static, TSchema } from 'typebox';

/** One type of event: its name, what it says, the schema of its data and an example that fits. */
export interface EventDefinition<Name extends string = string, Data extends TSchema = TSchema> {
  /** Type without prefix and version: `order.line.shipped`. */
  readonly name: Name;
  readonly group: EventGroup;
  /** One sentence. */
  readonly summary: string;
  /** JSON Schema 2020-12. */
  readonly data: Data;
  readonly example: Static<Data>;
}

export type EventGroup = 'Pre-order' | 'Order' | 'Lines' | 'Documents' | 'Control' | 'Identity' | 'Snapshots';

export function defineEvent<const Name extends string, Data extends TSchema>(
  definition: EventDefinition<Name, Data>,
): EventDefinition<Name, Data> {
  return definition;
}

export type EventType<Name extends string = string> = `com.platform.${Name}.v1`;

/** The `type` of the envelope. */
export const typeOf = <Name extends string>(name: Name): EventType<Name> => `com.platform.${name}.v1`;

/** The `dataschema` of the envelope, and `$id` of the schema. */
export function schemaIdOf(name: string): string {
  const [entity, ...rest] = name.split('.');
  return `https://schemas.platform/${entity}/${rest.join('.')}/1-0.json`;
}
