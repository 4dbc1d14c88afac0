import { type FieldShape, isOptional, type ObjectShape, type Scalar, type Shape, valueText } from '../shape/index.ts';
import { typeText } from './type-text.ts';
import { elementOf, type Typed, typedOf } from './typed.ts';

/** A field as it is told to a person. */
export interface FieldFacts {
  readonly name: string;
  readonly shape: Shape;
  readonly type: string;
  readonly example?: string;
  /** Description, and in how many samples it is, as Markdown. */
  readonly documentation?: string;
  /** Share of the objects that have it, from 0 to 1. */
  readonly presence: number;
}

/** The object whose fields a name in that context reads: an array offers the fields of its elements. */
export function objectIn(context: Typed): ObjectShape | undefined {
  let element = elementOf(context);
  for (let depth = 0; depth < 8 && !element.item.object && element.item.array; depth++)
    element = typedOf(element.item.array.items);
  return element.many === 'one' ? element.item.object : elementOf(element).item.object;
}

export function fieldFacts(object: ObjectShape, name: string, field: FieldShape): FieldFacts {
  const { shape } = field;
  const optional = isOptional(object, field);
  const example = exampleOf(shape);
  const documentation = [
    shape.description,
    object.seen > 1 && optional ? `In ${field.seen} of ${object.seen}.` : undefined,
  ]
    .filter((text) => text !== undefined)
    .join('\n\n');
  return {
    name,
    shape,
    type: typeText(typedOf(shape, optional)),
    ...(example === undefined ? {} : { example }),
    ...(documentation === '' ? {} : { documentation }),
    presence: object.seen === 0 ? 0 : field.seen / object.seen,
  };
}

/** One value that was seen, as it is written. */
export function exampleOf({ string, number, boolean, object, array }: Shape): string | undefined {
  const examples: readonly (Scalar | undefined)[] = [string?.examples[0], number?.examples[0], boolean?.examples[0]];
  const scalar = examples.find((example) => example !== undefined);
  if (scalar !== undefined) return valueText(scalar);
  if (array) {
    const element = exampleOf(array.items);
    return element === undefined ? undefined : `[${element}, …]`;
  }
  return object && object.fields.size > 0 ? `{ ${[...object.fields.keys()].slice(0, 4).join(', ')} }` : undefined;
}
