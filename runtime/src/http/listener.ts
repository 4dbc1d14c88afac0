import { createServer, type RequestListener } from 'node:http';
import { reasonOf } from '@crossdock/errors';
import { StartProblem } from '../process/start-problem.ts';

/** A client that sends its headers, or its body, slower than this holds a connection for nothing. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 120_000;
/** Longer than the idle time of common load balancers (60 s), which must close first. */
const KEEP_ALIVE_MS = 65_000;

export interface Listener {
  /** `http://host:port`. */
  readonly url: string;
  /** The port taken, where 0 was asked for. */
  readonly port: number;
  /** Takes no new connections, lets requests finish for `graceMs`, then breaks what is left (event streams, too). */
  close(graceMs: number): Promise<void>;
}

/** Listens for HTTP. Throws `StartProblem` when the port is taken or not allowed. */
export async function listen(
  handler: RequestListener,
  host: string,
  port: number,
  portName: string,
): Promise<Listener> {
  const server = createServer({ headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS }, handler);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new StartProblem(whyNot(error, host, port, portName))));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const taken = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    port: taken,
    close(graceMs) {
      return new Promise((resolve) => {
        const timer = setTimeout(() => server.closeAllConnections(), graceMs);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        server.closeIdleConnections();
      });
    },
  };
}

function whyNot(error: Error, host: string, port: number, portName: string): string {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return `${portName} is "${port}", which another program on ${host} uses; allowed: a free port`;
  if (code === 'EACCES')
    return `${portName} is "${port}", which this user may not listen on; allowed: a port from 1024 on`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `CROSSDOCK_HOST is "${host}", which is no address of this machine; allowed: one of its addresses, or 0.0.0.0`;
  return `${portName} is "${port}": ${reasonOf(error)}`;
}
