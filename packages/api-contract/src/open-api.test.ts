import { flowSchema } from '@crossdock/flow-model';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from './open-api.ts';
import type { Route } from './route.ts';
import { routes } from './routes.ts';

interface Operation {
  operationId: string;
  security: unknown[];
  parameters: { name: string; in: string; required: boolean }[];
  'x-permission': string;
  responses: Record<string, unknown>;
  requestBody?: { required: boolean };
}

const document = openApiDocument({ version: '1.2.3' });
const text = JSON.stringify(document);
const paths = document.paths as Record<string, Record<string, Operation>>;

const operationOf = (route: Route) => paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()];

describe('openApiDocument', () => {
  it('is OpenAPI 3.1 of the given version, as plain JSON', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { version: '1.2.3' } });
    expect(JSON.parse(text)).toEqual(document);
    expect(text).not.toContain('~optional');
  });

  it.each(Object.values(routes) as Route[])('describes $id with its permission, parameters and answers', (route) => {
    const operation = operationOf(route);
    expect(operation).toMatchObject({ operationId: route.id, 'x-permission': route.permission });
    expect(operation?.security.length === 0).toBe(route.permission === 'public');
    expect(Object.keys(operation?.responses ?? {})).toEqual([...Object.keys(route.responses), 'default']);
    const slots = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1]);
    expect(operation?.parameters.filter((one) => one.in === 'path').map((one) => one.name)).toEqual(slots);
    expect(operation?.parameters.filter((one) => one.in === 'path').every((one) => one.required)).toBe(true);
  });

  it('says that a draft is saved with If-Match, and that validate takes a body or none', () => {
    expect(operationOf(routes.saveFlow)?.parameters).toContainEqual(
      expect.objectContaining({ name: 'if-match', in: 'header', required: true }),
    );
    expect(operationOf(routes.saveFlow)?.requestBody?.required).toBe(true);
    expect(operationOf(routes.validateFlow)?.requestBody?.required).toBe(false);
  });

  it('describes the hooks as public', () => {
    expect(paths['/hooks/{env}/{path}']?.post).toMatchObject({ 'x-permission': 'public', security: [] });
  });

  it('has a target for every reference', () => {
    const { schemas, responses } = document.components as Record<string, Record<string, unknown>>;
    for (const [, kind, name] of text.matchAll(/"#\/components\/(\w+)\/(\w+)"/g)) {
      expect(kind === 'schemas' ? schemas?.[name ?? ''] : responses?.[name ?? ''], `${kind}/${name}`).toBeDefined();
    }
  });

  it('holds only valid JSON Schemas (2020-12), the flow document among them', () => {
    const ajv = new Ajv2020({ strict: false });
    const { schemas } = document.components as { schemas: Record<string, object> };
    for (const [name, schema] of Object.entries(schemas)) expect(ajv.validateSchema(schema), name).toBe(true);
    const { $id: _id, $schema: _schema, ...published } = JSON.parse(JSON.stringify(flowSchema));
    expect(JSON.parse(JSON.stringify(schemas.FlowDocument))).toEqual(published);
  });
});
