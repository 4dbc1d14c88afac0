import type { IncomingHttpHeaders } from 'node:http';
import type { HttpCall } from '@crossdock/connector-sdk';
import type { Agent, Dispatcher } from 'undici';

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/**
 * Makes one request and collects its answer. Rejects with what broke the call, with the signal's reason, or with what `tooLarge` gives for a body
 * of more than `maxBytes`. undici's own `request` makes a stream of each answer, which costs as much as the rest of a small one.
 */
export function collectAnswer(agent: Agent, call: HttpCall, tooLarge: () => Error): Promise<RawAnswer> {
  const { origin, pathname, search } = new URL(call.url);
  return new Promise((resolve, reject) => {
    if (call.signal.aborted) return reject(call.signal.reason);
    agent.dispatch(
      {
        origin,
        path: pathname + search,
        method: call.method as Dispatcher.HttpMethod,
        headers: { 'accept-encoding': 'gzip, deflate, br', ...call.headers },
        body: call.body ?? null,
      },
      new Collector(call, { resolve, reject, tooLarge }),
    );
  });
}

interface Ends {
  resolve(answer: RawAnswer): void;
  reject(error: unknown): void;
  tooLarge(): Error;
}

class Collector implements Dispatcher.DispatchHandler {
  readonly #signal: AbortSignal;
  readonly #maxBytes: number;
  readonly #ends: Ends;
  readonly #abort = (): void => {
    this.#controller?.abort(this.#signal.reason);
    // One that still waits for a connection has nobody to tell.
    this.#ends.reject(this.#signal.reason);
  };
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #chunks: Buffer[] = [];
  #size = 0;

  constructor({ signal, maxBytes }: HttpCall, ends: Ends) {
    this.#signal = signal;
    this.#maxBytes = maxBytes;
    this.#ends = ends;
    signal.addEventListener('abort', this.#abort, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#signal.aborted) controller.abort(this.#signal.reason);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    // What comes before the answer itself (RFC 9110 §15.2) says nothing that anyone here asks for.
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size <= this.#maxBytes) this.#chunks.push(chunk);
    else controller.abort(this.#ends.tooLarge());
  }

  onResponseEnd(): void {
    this.#signal.removeEventListener('abort', this.#abort);
    const [first, ...more] = this.#chunks;
    const body = first && more.length === 0 ? first : Buffer.concat(this.#chunks, this.#size);
    this.#ends.resolve({ status: this.#status, headers: this.#headers, body });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#signal.removeEventListener('abort', this.#abort);
    this.#ends.reject(error);
  }
}
