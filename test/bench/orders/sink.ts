/**
 * The downstream system, in a process of its own: counts orders and notes when each arrived. `GET /figures` gives them and begins anew.
 *   node sink.ts   prints its port
 */
import { createServer } from 'node:http';

let arrived = 0;
let lastAt = 0;
let at = new Map<string, number>();

const server = createServer((request, answer) => {
  answer.setHeader('content-type', 'application/json');
  if (request.method === 'GET') {
    answer.end(JSON.stringify({ arrived, lastAt, at: [...at] }));
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    arrived++;
    lastAt = Date.now();
    // `orderNo` is the first field of the mapping.
    const [, orderNo = ''] = /"orderNo":"([^"]*)"/.exec(Buffer.concat(chunks).toString('latin1')) ?? [];
    if (!at.has(orderNo)) at.set(orderNo, lastAt);
    answer.end('{"ok":true}');
  });
});
process.on('message', () => {
  arrived = 0;
  at = new Map();
  process.send?.('begun');
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as { port: number }).port));
process.on('disconnect', () => process.exit(0));
