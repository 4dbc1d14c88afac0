import type { Expectation, FlowTest, Sample } from '@crossdock/flow-model';
import Type, { type Static } from 'typebox';
import { FlowId } from './schemas.ts';

export const FlowTestResult = Type.Object({
  name: Type.String(),
  passed: Type.Boolean(),
  durationMs: Type.Number(),
  differences: Type.Array(
    Type.Object({
      path: Type.String({ description: 'Such as outputs.map.lines[0].sku' }),
      nodeId: Type.Optional(Type.String()),
      expected: Type.Optional(Type.Unknown()),
      got: Type.Optional(Type.Unknown()),
      asked: Type.Optional(Type.String({ description: 'What a tolerance asks for there' })),
    }),
  ),
  got: Type.Optional(
    Type.Unsafe<Expectation>({ type: 'object', description: 'All that came of the run, as tests expect it' }),
  ),
  problem: Type.Optional(Type.String({ description: 'Why the test could not be run, with the fix' })),
});
export type FlowTestResult = Static<typeof FlowTestResult>;
export const FlowTestResults = Type.Object({ items: Type.Array(FlowTestResult) });

/** An execution as something to try its flow with: what came in, what its nodes answered, what came of it. */
export const Recording = Type.Object({
  flowId: FlowId,
  revision: Type.Integer(),
  sample: Type.Unsafe<Sample>({ type: 'object', description: 'Sample of a flow' }),
  test: Type.Unsafe<FlowTest>({ type: 'object', description: 'Test of a flow' }),
  isMasked: Type.Boolean({ description: 'Masked values were replaced by invented ones' }),
});
export type Recording = Static<typeof Recording>;
