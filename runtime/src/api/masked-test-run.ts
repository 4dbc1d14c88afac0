import { randomUUID } from 'node:crypto';
import type { OnceResult } from '@crossdock/engine';
import { CONCEALED, type Vault } from '../vault/index.ts';
import { conceal } from './conceal.ts';

/** A test run as it may be shown: what `mask` names is dots, wherever it turned up again. */
export function maskedTestRun(
  vault: Pick<Vault, 'seal' | 'redact'>,
  { env, mask }: { env: string; mask: readonly string[] },
  result: OnceResult,
): OnceResult {
  if (mask.length === 0) return result;
  const context = { env, executionId: randomUUID(), mask: [...mask] };
  const shown = <T>(value: T): T => conceal(vault.seal(value, context)) as T;
  const { error, reply, spans, xrefs } = result;
  // Before anything is shown all masked values are to be known: what one node gives another may have had in its settings.
  for (const { input, output } of spans) for (const payload of [input, output]) vault.seal(payload, context);
  return {
    ...result,
    ...(error ? { error: vault.redact(error, context) } : {}),
    ...(reply ? { reply: shown(reply) } : {}),
    // Of a thing whose id is masked nothing is left to be found by.
    ...(xrefs ? { xrefs: xrefs.filter((one) => !JSON.stringify(shown(one)).includes(CONCEALED)) } : {}),
    spans: spans.map(({ input, output, config, error: why, ...span }) => ({
      ...span,
      ...(input === undefined ? {} : { input: shown(input) }),
      ...(output === undefined ? {} : { output: shown(output) }),
      ...(config === undefined ? {} : { config: shown(config) }),
      ...(why ? { error: vault.redact(why, context) } : {}),
    })),
  };
}
