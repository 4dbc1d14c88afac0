import type { Flow, FlowTest, Sample } from '@crossdock/flow-model';
import { expectationOf, outcomeOf, usedVariables } from '@crossdock/flow-tests';
import type { Manifests } from '../canvas/index.ts';
import type { ShownRun } from '../editor/store/editor-store.ts';
import { tryoutTexts } from '../texts/index.ts';
import { answersOfRun } from './answers-of-run.ts';

/** A run on trial as a test that expects what came of it, at the moment and with the variables that it had. */
export function testOfRun(
  flow: Flow,
  { run, sampleName, asked }: ShownRun,
  { manifests, variables }: { manifests: Manifests; variables: Readonly<Record<string, unknown>> },
): FlowTest {
  const sample = flow.samples?.find((one) => one.name === sampleName && isInput(one, asked.payload));
  const answers = asked.effects === 'real' ? answersOfRun(flow, run, manifests) : (asked.answers ?? {});
  const used = usedVariables(flow, variables);
  const [first] = run.spans;
  return {
    name: freeTestName(flow, sampleName),
    ...(sample ? { sample: sampleName } : { payload: asked.payload ?? null }),
    ...(asked.headers && !sample ? { headers: asked.headers } : {}),
    ...(first ? { receivedAt: first.startedAt } : {}),
    ...(Object.keys(used).length > 0 ? { variables: used } : {}),
    ...(run.xrefs && run.xrefs.length > 0 ? { xrefs: run.xrefs } : {}),
    ...(Object.keys(answers).length > 0 && answers !== sample?.answers ? { answers } : {}),
    expect: expectationOf(outcomeOf(run)),
  };
}

function isInput({ payload }: Sample, given: unknown): boolean {
  return JSON.stringify(payload) === JSON.stringify(given);
}

/** The sample's name, with a number where another test has it. */
function freeTestName({ tests = [] }: Flow, name: string): string {
  for (let number = 1; ; number++) {
    const wanted = tryoutTexts.bar.keptName(name, number);
    if (!tests.some((test) => test.name === wanted)) return wanted;
  }
}
