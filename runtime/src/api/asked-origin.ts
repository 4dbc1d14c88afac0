import type { IncomingMessage } from 'node:http';

/**
 * The address by which a request came, such as `https://crossdock.example.com`: as the browser says it, else as the proxy before us and the
 * `Host` header do. Only for what is answered to who asked: all of these may be made up.
 */
export function askedOrigin({ headers, socket }: IncomingMessage): string {
  const { origin, host = `${socket.localAddress}:${socket.localPort}` } = headers;
  if (origin !== undefined && URL.canParse(origin) && new URL(origin).host === host) return new URL(origin).origin;
  const [forwarded] = [headers['x-forwarded-proto']].flat();
  return `${forwarded?.startsWith('https') ? 'https' : 'http'}://${host}`;
}
