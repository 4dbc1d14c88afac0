import { errorToJson, toFlowError } from '@crossdock/errors';
import { actAsIsolate, compileMapping } from '@crossdock/mapping';
import type { FromWorker, SentTask } from './page-isolate.ts';

// The web worker that evaluates mappings which take long. The page ends it when their time is over.

actAsIsolate();
addEventListener('message', (event: MessageEvent<SentTask>) => void evaluate(event.data));
send({ type: 'ready' });

async function evaluate({ source, limits, input, bindings, clock }: SentTask): Promise<void> {
  try {
    send({ type: 'done', result: await compileMapping(source, limits).evaluate(input, bindings, clock) });
  } catch (error) {
    send({ type: 'failed', error: errorToJson(toFlowError(error)) });
  }
}

function send(message: FromWorker): void {
  postMessage(message);
}
