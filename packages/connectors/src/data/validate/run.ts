import type { RunNode } from '@crossdock/connector-sdk';
import { FlowError } from '@crossdock/errors';
import { fieldAt } from '@crossdock/flow-model';
import { compiledSchema } from './compiled-schema.ts';
import type { validate } from './manifest.ts';

/** As many as a person reads. */
const MAX_ISSUES = 20;

export const runValidate: RunNode<typeof validate> = async (input, { config, emit }) => {
  const check = compiledSchema(config.schema);
  if (check(input)) return emit('out', input);
  const issues = (check.errors ?? []).slice(0, MAX_ISSUES).map(issueOf);
  const [first] = issues;
  const more = (check.errors?.length ?? 0) - 1;
  const reason = `${fieldAt(first?.path ?? '') || 'the payload'} ${first?.message}${more > 0 ? ` (and ${more} more)` : ''}`;
  throw new FlowError('DATA_INVALID', { details: { reason, issues } });
};

interface SchemaProblem {
  instancePath: string;
  message?: string;
  params: Record<string, unknown>;
}

function issueOf({ instancePath, message = 'does not fit', params }: SchemaProblem): { path: string; message: string } {
  const extra = params.additionalProperty ?? params.unevaluatedProperty;
  const allowed = Array.isArray(params.allowedValues) ? `: ${params.allowedValues.join(', ')}` : '';
  const named = typeof extra === 'string' ? ` ("${extra}")` : allowed;
  return { path: instancePath, message: `${message}${named}` };
}
