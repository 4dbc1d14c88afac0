import { manifestsByType } from '@crossdock/connectors/manifests';
import { reasonOf } from '@crossdock/errors';
import { type Issue, validateFlow } from '@crossdock/flow-model';
import { checkMapping, mappingFaults } from '@crossdock/mapping';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

/** All issues of a document by the rules of this installation: its node types, JSONata, JSON Schema 2020-12. */
export function issuesOf(document: unknown): Issue[] {
  return validateFlow(document, { manifests: manifestsByType, checkMapping, mappingFaults, checkSchema });
}

export function hasErrors(issues: readonly Issue[]): boolean {
  return issues.some(({ severity }) => severity === 'error');
}

/** What keeps a JSON Schema from compiling, as a sentence. Each check has an ajv of its own, so `$id`s never meet. */
function checkSchema(schema: unknown): string | undefined {
  if (typeof schema !== 'boolean' && (typeof schema !== 'object' || schema === null))
    return 'it must be an object or a boolean';
  try {
    const ajv = new Ajv2020({ strict: false, validateFormats: true, logger: false });
    formats.default(ajv);
    ajv.compile(schema);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}
