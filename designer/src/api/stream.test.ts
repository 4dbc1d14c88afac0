import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keys } from './keys.ts';
import { followStream, useConnection } from './stream.ts';

/** Opens and breaks when told to. */
class Source extends EventTarget {
  static last: Source;
  onopen?: () => void;
  onerror?: () => void;
  constructor() {
    super();
    Source.last = this;
  }
  close() {}
}

beforeEach(() => {
  vi.stubGlobal('EventSource', Source);
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});
});
afterEach(() => void vi.unstubAllGlobals());

test('what the stream alone refreshes is asked again when it first opens; after a gap, everything is', async () => {
  const client = new QueryClient();
  const asked: string[] = [];
  for (const queryKey of [keys.orders, keys.executions, keys.deadLetters, keys.users]) {
    const queryFn = async () => asked.push(queryKey[0]);
    new QueryObserver(client, { queryKey, queryFn, staleTime: Number.POSITIVE_INFINITY }).subscribe(() => {});
  }
  const settled = () => vi.waitFor(() => expect(client.isFetching()).toBe(0));
  await settled();
  const end = followStream(client);
  asked.length = 0;
  Source.last.onopen?.();
  await settled();
  expect(asked).toEqual(['orders', 'executions', 'dead-letters']);

  vi.useFakeTimers();
  Source.last.onerror?.();
  expect(useConnection.getState().connection).toBe('offline');
  vi.advanceTimersByTime(1_000);
  vi.useRealTimers();
  asked.length = 0;
  Source.last.onopen?.();
  await settled();
  expect(asked).toEqual(['orders', 'executions', 'dead-letters', 'users']);
  end();
  client.clear();
});
