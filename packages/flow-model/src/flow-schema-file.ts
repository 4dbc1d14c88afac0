import { flowSchema } from './flow-schema.ts';

/** Lists of plain values stand on one line, as the repository's formatter wants them. */
const FLAT_LIST = /\[\n\s+([^[\]{}]*?)\n\s+\]/g;

/** The text of `flow.schema.json`, the published form of `flowSchema`. */
export function flowSchemaText(): string {
  const text = JSON.stringify(flowSchema, undefined, 2);
  return `${text.replace(FLAT_LIST, (_list, items: string) => `[${items.replace(/\n\s+/g, ' ')}]`)}\n`;
}
