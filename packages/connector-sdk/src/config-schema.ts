import type { ConfigField, ConfigSchema } from '@crossdock/flow-model';
import { type Static, type TObject, type TOptional, type TProperties, type TSchema, type TUnsafe, Type } from 'typebox';

/** A field that the author may leave out and the runner always sees. */
export type TDefaulted<Field extends TSchema> = TOptional<Field> & { default: Static<Field> };

/**
 * Declares a node type's config: the order of the properties is the order of the form, nothing else is allowed. `rules` are for what fields
 * ask of one another.
 */
export const configSchema = <const Properties extends TProperties>(
  properties: Properties & Record<string, ConfigField | TSchema>,
  rules: { readonly allOf?: readonly object[] } = {},
): TObject<Properties> & ConfigSchema =>
  Type.Object<Properties>(properties, { additionalProperties: false, ...rules }) as TObject<Properties> & ConfigSchema;

/**
 * A rule for `configSchema`: where a field has this value (or has another one, with `not`; a field left out has none), `then` must hold too, such
 * as `{ required: ['user'] }`.
 */
export const ruleWhere = (name: string, value: string | { readonly not: string }, then: object): object => {
  const has = (constant: string) => ({ properties: { [name]: { const: constant } }, required: [name] });
  return { if: typeof value === 'string' ? has(value) : { not: has(value.not) }, then };
};

/** What every config field says of itself, so that a form and a reference page can be made from it. */
export type FieldHints = ConfigField & { readonly title: string; readonly description: string };

/** Adds title, description and hints to a schema. */
export const field = <Field extends TSchema>(schema: Field, hints: FieldHints): Field => ({ ...schema, ...hints });

/** A field that may be left out. */
export const optionalField = <Field extends TSchema>(schema: Field, hints: FieldHints): TOptional<Field> =>
  Type.Optional(field(schema, hints)) as TOptional<Field>;

/** A field that may be left out; `value` is then filled in before expressions are evaluated. */
export const defaultedField = <Field extends TSchema>(
  schema: Field,
  value: NoInfer<Static<Field>>,
  hints: Omit<FieldHints, 'default'>,
): TDefaulted<Field> =>
  Type.Optional(field(schema, { ...hints, default: value } as FieldHints)) as unknown as TDefaulted<Field>;

/** One of a few strings. */
export const choice = <const Values extends readonly string[]>(...values: Values): TUnsafe<Values[number]> =>
  Type.Unsafe<Values[number]>({ type: 'string', enum: values });
