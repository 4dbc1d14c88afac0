import type { StreamEvent } from '@crossdock/api-contract';

/** Passes changes on to whoever watches, within this process. A listener must not throw or wait. */
export interface EventHub {
  emit(event: StreamEvent): void;
  subscribe(listener: (event: StreamEvent) => void): () => void;
}

export function createEventHub(): EventHub {
  const listeners = new Set<(event: StreamEvent) => void>();
  return {
    emit(event) {
      for (const listener of listeners) listener(event);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
