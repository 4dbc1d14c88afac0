import { arrayText, shapeText } from '../shape/index.ts';
import type { Typed } from './typed.ts';

/** What an expression gives, in short: `string[]`, or `number, one or many` where a single value stands by itself. */
export function typeText(typed: Typed): string {
  const { item, many, isOptional, fn } = typed;
  if (fn) return `function(${fn.params.map(({ name }) => (fn.name ? name : `$${name}`)).join(', ')})`;
  if (many === 'array') return `${arrayText(item)}${isOptional && !typed.keeps ? ', optional' : ''}`;
  if (many === 'some') return `${shapeText(item)}, one or many`;
  return `${shapeText(item)}${isOptional ? ', optional' : ''}`;
}
