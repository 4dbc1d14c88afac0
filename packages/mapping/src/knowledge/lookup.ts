import { ANY, isNever, kindsOf, mergeShapes, type Shape } from '../shape/index.ts';
import { elementOf, forEach, one, optional, some, type Typed, typedOf, UNKNOWN } from './typed.ts';

/** What a name gives in a context, or undefined where values of that shape are known not to have such a field. */
export function lookUp(context: Typed, name: string): Typed | undefined {
  const inner = fieldOf(elementOf(context), name);
  return inner && forEach(context, inner);
}

function fieldOf(element: Typed, name: string): Typed | undefined {
  const { item } = element;
  // An array inside an array is looked through as well.
  if (element.many !== 'one') {
    const inner = fieldOf(elementOf(element), name);
    return inner && some(inner.item);
  }
  if (item.any && !item.object?.fields.has(name)) return UNKNOWN;
  if (isNever(item)) return UNKNOWN;
  const { object } = item;
  // That samples hold null there tells nothing.
  if (!object && item.null && kindsOf(item).length === 1) return UNKNOWN;
  if (!object) return undefined;
  const field = object.fields.get(name);
  const hasOthers = Boolean(item.string ?? item.number ?? item.boolean ?? item.null ?? item.any);
  if (field) return typedOf(field.shape, field.seen < object.seen || hasOthers || element.isOptional);
  if (object.rest) return optional(typedOf(object.rest));
  return object.isOpen ? UNKNOWN : undefined;
}

/** What `*` gives: the values of all fields. */
export function allFields(context: Typed): Typed {
  const { object, any } = elementOf(context).item;
  if (!object || any) return UNKNOWN;
  const shapes = [...object.fields.values()].map(({ shape }) => flat(shape));
  return some(mergeAll(object.rest ? [...shapes, flat(object.rest)] : shapes));
}

/** Values inside of arrays, at any depth, and those beside them. */
function flat({ array, ...others }: Shape): Shape {
  return array ? mergeShapes(others, flat(array.items)) : others;
}

/** Values that fields of an object have, each as it is. */
export function fieldValues({ item }: Typed): Typed {
  const { object, any } = item;
  if (!object || any) return UNKNOWN;
  const shapes = [...object.fields.values()].map(({ shape }) => shape);
  return one(mergeAll(object.rest ? [...shapes, object.rest] : shapes));
}

const mergeAll = (shapes: readonly Shape[]): Shape => (shapes.length === 0 ? ANY : shapes.reduce(mergeShapes));
