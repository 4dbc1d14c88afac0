import { ANY, arrayOf, BOOLEAN, isNever, kindsOf, mergeShapes, NUMBER, type Shape, STRING } from '../shape/index.ts';
import { fieldValues, lookUp } from './lookup.ts';
import { array, eitherOf, elementOf, one, optional, shapeOf, some, type Typed, UNKNOWN } from './typed.ts';

const MATCH: Shape = {
  object: {
    seen: 1,
    isOpen: false,
    fields: new Map([
      ['match', { shape: STRING, seen: 1 }],
      ['index', { shape: NUMBER, seen: 1 }],
      ['groups', { shape: arrayOf(STRING), seen: 1 }],
    ]),
  },
};

/** What a built-in function hands to the function among its arguments. */
export function callbackParams(name: string, args: readonly Typed[]): readonly Typed[] {
  const [first = UNKNOWN] = args;
  switch (name) {
    case 'map':
    case 'filter':
    case 'single':
      return [elementOf(first), one(NUMBER), array(first.item)];
    case 'reduce': {
      const [, , initial] = args;
      return [
        initial ? eitherOf(initial, UNKNOWN) : elementOf(first),
        elementOf(first),
        one(NUMBER),
        array(first.item),
      ];
    }
    case 'sort':
      return [elementOf(first), elementOf(first)];
    case 'each':
    case 'sift':
      return [fieldValues(elementOf(first)), one(STRING), elementOf(first)];
    case 'replace':
      return [one(MATCH)];
    default:
      return [];
  }
}

/**
 * What a call of a built-in function gives, where that depends on the arguments or is a sequence that may collapse; undefined for the
 * others. `given` is what the function among the arguments gives.
 */
export function resultOfCall(name: string, args: readonly Typed[], given: Typed | undefined): Typed | undefined {
  const [first = UNKNOWN, second] = args;
  switch (name) {
    case 'map':
    case 'each':
      return some(given ? shapeOf(given) : ANY);
    case 'filter':
      return some(first.item);
    case 'single':
      return elementOf(first);
    case 'reduce':
      // Without elements it is the initial value, with one it is that.
      return given ? eitherOf(given, args[2] ?? optional(elementOf(first))) : UNKNOWN;
    case 'sort':
    case 'reverse':
    case 'shuffle':
    case 'array':
      return array(first.item, first.isOptional && name !== 'array');
    case 'distinct':
    case 'clone':
      return first;
    case 'append':
      return appended(first, second ?? UNKNOWN);
    case 'zip':
      return array(arrayOf(args.map(({ item }) => item).reduce(mergeShapes, {})));
    case 'keys':
      return some(STRING);
    case 'spread':
      return some(isObject(elementOf(first).item) ? objectWith(fieldValues(elementOf(first)).item) : ANY);
    case 'sift':
      return optional(one(openObject(elementOf(first).item)));
    case 'merge':
      return one(openObject(first.item));
    case 'match':
      return some(MATCH);
    case 'lookup': {
      const key = second?.item.string?.values;
      return (typeof key?.[0] === 'string' && key.length === 1 && lookUp(first, key[0])) || UNKNOWN;
    }
    case 'max':
    case 'min':
    case 'average':
      return one(NUMBER, true);
    default:
      return undefined;
  }
}

function appended(first: Typed, second: Typed): Typed {
  if (isNever(first.item) && first.many === 'one') return second;
  const item = mergeShapes(first.item, second.item);
  return first.isOptional || second.isOptional ? { ...some(item), collapses: false } : array(item);
}

const isObject = (shape: Shape): boolean => !shape.any && kindsOf(shape).every((kind) => kind === 'object');

const objectWith = (rest: Shape): Shape => ({ object: { seen: 1, fields: new Map(), isOpen: true, rest } });

/** The same fields, but each may be missing. */
function openObject({ object }: Shape): Shape {
  if (!object) return ANY;
  const fields = [...object.fields].map(([name, field]) => [name, { ...field, seen: 0 }] as const);
  return { object: { ...object, seen: 1, fields: new Map(fields) } };
}

/** The type that the catalogue of functions states. */
export function typedOfText(text: string): Typed {
  if (text.endsWith('[]')) return array(shapeOf(typedOfText(text.slice(0, -2))));
  switch (text) {
    case 'string':
      return one(STRING);
    case 'number':
      return one(NUMBER);
    case 'boolean':
      return one(BOOLEAN);
    default:
      return UNKNOWN;
  }
}
