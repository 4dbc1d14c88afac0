import { FlowError } from '@crossdock/errors';

/**
 * Comes once, and ends work under way. Each attempt needs several: an `AbortController` with its events costs many times as much, so one is
 * made only for a runner that asks for its signal.
 */
export class Interrupt {
  /** Why it came; undefined as long as it has not. */
  reason: FlowError | undefined;
  readonly #listeners = new Set<(reason: FlowError) => void>();

  /** The first reason counts. */
  raise(reason: FlowError): void {
    if (this.reason) return;
    this.reason = reason;
    for (const listener of this.#listeners) listener(reason);
    this.#listeners.clear();
  }

  /** Calls back when it comes, at once when it has; gives the function that ends the hearing. */
  heard(listener: (reason: FlowError) => void): () => void {
    if (this.reason) listener(this.reason);
    else this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

const stoppings = new WeakMap<AbortSignal, Interrupt>();

/** Comes when the process stops. All executions under one signal share it: hearing an `AbortSignal` costs each of them more. */
export function stoppingOf(signal: AbortSignal): Interrupt {
  const known = stoppings.get(signal);
  if (known) return known;
  const stopping = new Interrupt();
  const stop = (): void => stopping.raise(new FlowError('SYSTEM_STOPPING'));
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  stoppings.set(signal, stopping);
  return stopping;
}
