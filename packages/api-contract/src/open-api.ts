import { flowSchema } from '@crossdock/flow-model';
import type { TSchema } from 'typebox';
import * as executionSchemas from './execution-schemas.ts';
import * as peopleSchemas from './people-schemas.ts';
import * as repairSchemas from './repair-schemas.ts';
import type { Route } from './route.ts';
import { routes } from './routes.ts';
import * as schemas from './schemas.ts';

type Json = Record<string, unknown>;

/** Schemas that many routes share, by the name they have in the description. */
const NAMED = new Map<unknown, string>(
  Object.entries({ ...schemas, ...executionSchemas, ...peopleSchemas, ...repairSchemas })
    .filter(([, value]) => typeof value === 'object' && 'type' in value)
    .map(([name, value]) => [value, name]),
);

/** The OpenAPI 3.1 document of the HTTP API, made from the routes. `version` is that of the product. */
export function openApiDocument(options: { version: string }): Json {
  const paths: Record<string, Json> = {};
  for (const route of Object.values(routes) as Route[]) {
    const path = openApiPath(route.path);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Crossdock', version: options.version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths: { ...paths, ...HOOKS },
    components: { schemas: namedSchemas(), responses: { Problem: PROBLEM }, securitySchemes: SECURITY },
  };
}

const SECURITY = {
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'crossdock.session_token',
    description: 'Set by POST /api/v1/session.',
  },
  apiKey: { type: 'http', scheme: 'bearer', description: 'An API key.' },
};

const PROBLEM = {
  description: 'Problem details (RFC 9457)',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** The hooks take any method and any body that their flow's trigger takes; no route of the contract can say that. */
const HOOKS = {
  '/hooks/{env}/{path}': {
    post: {
      operationId: 'hook',
      summary: 'A webhook trigger; `path` may hold slashes',
      security: [],
      'x-permission': 'public',
      parameters: ['env', 'path'].map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      requestBody: { content: { '*/*': { schema: {} } } },
      responses: {
        202: {
          description: 'Durably stored',
          content: {
            'application/json': {
              schema: { type: 'object', required: ['executionId'], properties: { executionId: { type: 'string' } } },
            },
          },
        },
        default: { $ref: '#/components/responses/Problem' },
      },
    },
  },
};

function operationOf(route: Route): Json {
  return {
    operationId: route.id,
    summary: route.summary,
    'x-permission': route.permission,
    ...(route.envFrom === undefined ? {} : { 'x-permission-environment': route.envFrom }),
    ...(route.audit ? { 'x-audit': route.audit } : {}),
    security: route.permission === 'public' ? [] : [{ session: [] }, { apiKey: [] }],
    parameters: [
      ...parametersOf('path', route.params),
      ...parametersOf('query', route.query),
      ...(route.headers ?? []).map((name) => ({ name, in: 'header', required: true, schema: { type: 'string' } })),
    ],
    ...(route.body === undefined ? {} : { requestBody: requestBodyOf(route.body) }),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.responses).map(([status, schema]) => [status, answerOf(route, schema)]),
      ),
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

function parametersOf(place: 'path' | 'query', schema: TSchema | undefined): Json[] {
  const { properties = {}, required = [] } = (schema ?? {}) as { properties?: Json; required?: string[] };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: referTo(property),
  }));
}

function requestBodyOf(body: TSchema): Json {
  const isOptional = '~optional' in body;
  return { required: !isOptional, content: { 'application/json': { schema: referTo(body) } } };
}

function answerOf(route: Route, schema: TSchema): Json {
  if (schema === schemas.Nothing) return { description: 'Done' };
  return {
    description: route.summary,
    content: { [route.produces ?? 'application/json']: { schema: referTo(schema) } },
  };
}

function namedSchemas(): Json {
  const all = [...NAMED].map(([schema, name]) => [name, referInside(schema)] as const);
  const { $id: _id, $schema: _schema, ...flow } = flowSchema as unknown as Json;
  return { ...Object.fromEntries(all), FlowDocument: flow };
}

/** A reference to a named schema, or the schema with references inside. */
function referTo(schema: unknown): unknown {
  const name = NAMED.get(schema);
  return name === undefined ? referInside(schema) : { $ref: `#/components/schemas/${name}` };
}

function referInside(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(referTo);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(Object.entries(schema).map(([keyword, value]) => [keyword, referTo(value)]));
}

function openApiPath(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}');
}
