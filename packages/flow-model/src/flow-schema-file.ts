import { flowSchema } from './flow-schema.ts';

/** The text of `flow.schema.json`, the published form of `flowSchema`. */
export function flowSchemaText(): string {
  return `${JSON.stringify(flowSchema, undefined, 2)}\n`;
}
