import { isAllowed, routes, type StreamEvent } from '@crossdock/api-contract';
import type { ApiOptions } from './api.ts';
import type { Handlers } from './mount.ts';

const HEARTBEAT_MS = 15_000;
/** A watcher that reads so slowly is let go: it connects again and reads the lists anew. */
const MAX_BUFFERED_BYTES = 1 << 20;
const RECONNECT_MS = 2_000;

export function streamHandlers({ auth, events, log }: ApiOptions): Pick<Handlers, 'stream'> {
  return {
    async stream({ request, response, signal }) {
      response.status(200).setHeader('content-type', 'text/event-stream; charset=utf-8');
      response.setHeader('x-accel-buffering', 'no');
      response.flushHeaders();
      response.write(`retry: ${RECONNECT_MS}\n\n`);
      const write = (text: string) => {
        if (response.writableLength > MAX_BUFFERED_BYTES) response.destroy();
        else response.write(text);
      };
      const end = () => response.end();
      // Who signs out, or loses the right, stops seeing what happens.
      const beat = async () => {
        const caller = await auth.authenticate(request);
        if (isAllowed(caller?.role, routes.stream.permission)) write(': alive\n\n');
        else end();
      };
      const heartbeat = setInterval(() => {
        beat().catch((error) => {
          log.warn({ err: error }, 'a stream is closed: its caller cannot be checked');
          end();
        });
      }, HEARTBEAT_MS);
      const unsubscribe = events.subscribe((event) => write(frameOf(event)));
      const stop = () => {
        clearInterval(heartbeat);
        unsubscribe();
        end();
      };
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
      return 'sent';
    },
  };
}

function frameOf({ kind, data }: StreamEvent): string {
  return `event: ${kind}\ndata: ${JSON.stringify(data)}\n\n`;
}
