import { FlowError, reasonOf } from '@crossdock/errors';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { default as addFormats } from 'ajv-formats';

const MAX_CACHED = 500;
const cache = new Map<string, ValidateFunction>();

/**
 * The compiled form of a schema, cached by its text. Throws `CONFIG_INVALID` where it cannot be compiled.
 * Each schema has an instance of its own: two flows may use one `$id` for different schemas.
 */
export function compiledSchema(schema: Record<string, unknown>): ValidateFunction {
  const key = JSON.stringify(schema);
  const known = cache.get(key);
  cache.delete(key);
  const check = known ?? compile(schema);
  cache.set(key, check);
  const [oldest] = cache.keys();
  if (cache.size > MAX_CACHED && oldest !== undefined) cache.delete(oldest);
  return check;
}

function compile(schema: Record<string, unknown>): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true, allowUnionTypes: true });
  addFormats.default(ajv);
  try {
    return ajv.compile(schema);
  } catch (cause) {
    throw new FlowError('CONFIG_INVALID', { details: { what: 'the JSON Schema', reason: reasonOf(cause) }, cause });
  }
}
