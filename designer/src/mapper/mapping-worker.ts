import { actAsIsolate } from '@crossdock/mapping';
import { evaluateForPage } from './evaluate-for-page.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

// The web worker that evaluates mappings which take long. The page ends it when their time is over.

actAsIsolate();
const send = (message: FromWorker): void => postMessage(message);
const take = evaluateForPage(send);
addEventListener('message', ({ data }: MessageEvent<ToWorker>) => take(data));
send({ type: 'ready' });
