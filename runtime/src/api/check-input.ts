import type { Route } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import { fieldAt } from '@crossdock/flow-model';
import { parsePayload } from '@crossdock/payload';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Request } from 'express';
import type { TSchema } from 'typebox';

/** Reads and checks the parts of a request as its route describes them. Throws `API_BAD_REQUEST` and the like. */
export interface InputCheck {
  params(request: Request): unknown;
  query(request: Request): unknown;
  body(request: Request, bytes: Uint8Array): { body: unknown; text: string };
}

const MAX_BODY_DEPTH = 100;

const textual = new Ajv2020({ strict: false, coerceTypes: true, useDefaults: true });
const json = new Ajv2020({ strict: false, useDefaults: true });
formats.default(textual);
formats.default(json);

export function createInputCheck(route: Route): InputCheck {
  const params = compile(textual, route.params);
  const query = compile(textual, route.query);
  const body = compile(json, route.body);
  return {
    params: (request) => checked(params, { ...request.params }, 'path parameter'),
    query: (request) => checked(query, { ...request.query }, 'query parameter'),
    body(request, bytes) {
      if (!body) return { body: undefined, text: '' };
      if (bytes.length === 0 && isOptional(route.body)) return { body: undefined, text: '' };
      checkContentType(request);
      const text = readUtf8(bytes);
      return { body: checked(body, parsePayload(text, { maxDepth: MAX_BODY_DEPTH }), 'field'), text };
    },
  };
}

/** TypeBox marks what `Type.Optional` made with `~optional`. */
function isOptional(schema: TSchema | undefined): boolean {
  return schema !== undefined && '~optional' in schema;
}

function compile(ajv: Ajv2020, schema: TSchema | undefined): ValidateFunction | undefined {
  return schema && ajv.compile(schema);
}

function checked(validate: ValidateFunction | undefined, value: unknown, what: string): unknown {
  if (!validate || validate(value)) return value;
  const [error] = validate.errors ?? [];
  throw new FlowError('API_BAD_REQUEST', {
    details: error ? describe(error, what) : { path: what, reason: 'is wrong' },
  });
}

function describe(error: ErrorObject, what: string): { path: string; reason: string } {
  const { params, keyword } = error;
  const missing = keyword === 'required' ? String(params.missingProperty) : undefined;
  const unknown = keyword === 'additionalProperties' ? String(params.additionalProperty) : undefined;
  const place = [fieldAt(error.instancePath), missing ?? unknown].filter(Boolean).join('.');
  const path = place === '' ? 'the body' : `${what} "${place}"`;
  if (missing !== undefined) return { path, reason: 'is missing' };
  if (unknown !== undefined) return { path, reason: 'is not known' };
  const allowed = Array.isArray(params.allowedValues) ? `: ${params.allowedValues.join(', ')}` : '';
  return { path, reason: `${error.message ?? 'is wrong'}${allowed}` };
}

function checkContentType(request: Request): void {
  const contentType = request.headers['content-type'] ?? '';
  if (/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(contentType)) return;
  throw new FlowError('API_UNSUPPORTED_MEDIA', { details: { contentType: contentType || 'none' } });
}

function readUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new FlowError('DATA_MALFORMED', { details: { reason: 'it is not UTF-8' }, cause });
  }
}
