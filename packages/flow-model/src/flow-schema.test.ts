import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Static } from 'typebox';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Flow } from './document.ts';
import { flowSchema } from './flow-schema.ts';
import { flowSchemaText } from './flow-schema-file.ts';
import { sampleFlow } from './testing/sample-flow.ts';

const published = readFileSync(new URL('../flow.schema.json', import.meta.url), 'utf8');
const ajv = new Ajv2020();

describe('flow.schema.json', () => {
  it('is written from flowSchema', () => {
    expect(published).toBe(flowSchemaText());
  });

  it('is a valid JSON Schema (2020-12) that takes the example', () => {
    const schema = JSON.parse(published);
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(ajv.validateSchema(schema)).toBe(true);
    const validate = ajv.compile(schema);
    expect(validate(sampleFlow()), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...sampleFlow(), colour: 'red' })).toBe(false);
  });

  it('refuses unknown fields in every object but those that people fill', () => {
    const open: string[] = [];
    const visit = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      const { type, properties, additionalProperties } = schema as Record<string, unknown>;
      if (type === 'object' && properties === undefined) open.push(path);
      if (properties !== undefined) expect(additionalProperties, path).toBe(false);
      for (const [key, child] of Object.entries(schema)) visit(child, `${path}/${key}`);
    };
    visit(flowSchema, '');
    expect(open.map((path) => path.replace(/\/properties|\/items/g, ''))).toEqual([
      '/nodes/config',
      '/settings/businessKeys',
      '/samples/headers',
      '/samples/answers',
      '/samples/answers/additionalProperties/anyOf/1/error/details',
      '/tests/headers',
      '/tests/variables',
      '/tests/answers',
      '/tests/answers/additionalProperties/anyOf/1/error/details',
      '/tests/xrefs/ids',
      '/tests/expect/error/details',
      '/tests/expect/outputs',
      '/tests/expect/calls',
      '/layout/nodes',
      '/layout/targets',
      '/layout/targets/additionalProperties/anyOf/1/schema',
    ]);
  });

  it('describes the very type that the code uses', () => {
    expectTypeOf<Static<typeof flowSchema>>().toEqualTypeOf<Flow>();
  });
});
