import { FlowError } from '@crossdock/errors';
import { parsePayload } from '@crossdock/payload';
import type { Flow } from './document.ts';
import { MAX_FLOW_DEPTH, shapeIssues } from './flow-structure.ts';
import { migrateFlow } from './migrate-flow.ts';

/**
 * Reads the text of a `flow.json`, of this format version or an older one. Samples, and what comes in in tests, are read as inbound JSON is: a number that a double
 * cannot hold becomes its source text. Unknown fields and wrong settings stay as they are, for `validateFlow` to report.
 * Throws `DATA_MALFORMED`, `DATA_TOO_DEEP`, `DATA_FORBIDDEN_KEY`, `FLOW_FORMAT_UNSUPPORTED`, or `FLOW_INVALID` with `details.issues`
 * when it is no flow document at all.
 */
export function parseFlow(text: string): Flow {
  const lossless = parsePayload(text, { maxDepth: MAX_FLOW_DEPTH });
  const document: unknown = JSON.parse(text, keepOverflow);
  if (isObject(document) && isObject(lossless)) {
    if (document.samples !== undefined) document.samples = lossless.samples;
    if (document.tests !== undefined) document.tests = testsOf(document.tests, lossless.tests);
  }
  const flow = migrateFlow(document);
  const issues = shapeIssues(flow);
  if (issues.length > 0) {
    throw new FlowError('FLOW_INVALID', {
      details: { issues },
      message: `this is no flow document: ${issues.map((issue) => issue.message).join(' ')}`,
    });
  }
  return flow as Flow;
}

/** What comes in is read as inbound JSON is; what is expected as the engine computes it. */
function testsOf(tests: unknown, lossless: unknown): unknown {
  if (!Array.isArray(tests) || !Array.isArray(lossless)) return lossless;
  return lossless.map((test: unknown, index) => {
    const given: unknown = tests[index];
    return isObject(test) && isObject(given) && 'expect' in given ? { ...test, expect: given.expect } : test;
  });
}

/** A number beyond a double would become Infinity, and `null` when written again; as text it is found by validation. */
function keepOverflow(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? (context?.source ?? value) : value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
