import { errorFromJson, errorToJson, toFlowError } from '@crossdock/errors';
import { compileMapping } from '@crossdock/mapping';
import type { FromWorker, SentTask, ToWorker } from './worker-messages.ts';

/**
 * The worker's side of the page's isolate: evaluates what comes, one after the other, and asks the page for what its functions give.
 * @param send tells the page
 * @returns takes what the page tells
 */
export function evaluateForPage(send: (message: FromWorker) => void): (message: ToWorker) => void {
  const asked = new Map<number, PromiseWithResolvers<unknown>>();
  let calls = 0;
  return (message) => {
    if (message.type === 'evaluate') return void evaluate(message.task);
    const one = asked.get(message.call);
    asked.delete(message.call);
    if (message.type === 'answer') one?.resolve(message.result);
    else one?.reject(errorFromJson(message.error));
  };

  async function evaluate({ source, limits, input, bindings, clock, functions }: SentTask): Promise<void> {
    try {
      const callable = Object.fromEntries(functions.map((name) => [name, askFor(name)]));
      const result = await compileMapping(source, limits).evaluate(input, { ...bindings, ...callable }, clock);
      send({ type: 'done', result });
    } catch (error) {
      send({ type: 'failed', error: errorToJson(toFlowError(error)) });
    } finally {
      asked.clear();
    }
  }

  function askFor(name: string) {
    return (...args: unknown[]): Promise<unknown> => {
      const call = calls++;
      const answer = Promise.withResolvers<unknown>();
      asked.set(call, answer);
      send({ type: 'call', call, name, args });
      return answer.promise;
    };
  }
}
