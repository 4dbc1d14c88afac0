import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Agent, request } from 'undici';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const ORDER = readFileSync(here('../order.json'), 'utf8');
const HEADERS = { 'content-type': 'application/json' };
const TICK_MS = 5;

/** wrk costs less of the two cores than a load of our own. */
export const hasWrk = (): boolean => spawnSync('which', ['wrk']).status === 0;

/** Posts the order over so many connections as fast as they are answered; gives how many got a 202. */
export async function pressHard(url: string, { connections, seconds }: { connections: number; seconds: number }) {
  if (hasWrk()) return pressWithWrk(url, connections, seconds);
  const agent = new Agent({ connections });
  const end = Date.now() + seconds * 1000;
  let accepted = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (Date.now() < end) if (await post(url, ORDER, agent)) accepted++;
    }),
  );
  await agent.close();
  return accepted;
}

/** Posts orders with numbers of their own, so many a second whatever the answers; gives when each was due, by its number. */
export async function pressSteadily(
  url: string,
  { perSecond, seconds, connections }: { perSecond: number; seconds: number; connections: number },
): Promise<Map<string, number>> {
  const agent = new Agent({ connections });
  const dueAt = new Map<string, number>();
  const open: Promise<unknown>[] = [];
  const startedAt = Date.now();
  const count = perSecond * seconds;
  for (let sent = 0; sent < count; ) {
    const due = Math.min(count, Math.floor(((Date.now() - startedAt) / 1000) * perSecond));
    for (; sent < due; sent++) {
      const orderNo = `L${sent}`;
      dueAt.set(orderNo, startedAt + (sent / perSecond) * 1000);
      open.push(post(url, ORDER.replace('"#1001"', `"${orderNo}"`), agent));
    }
    await sleep(TICK_MS);
  }
  const accepted = await Promise.all(open);
  await agent.close();
  const refused = accepted.filter((one) => !one).length;
  if (refused > 0) throw new Error(`${refused} of ${count} orders were refused`);
  return dueAt;
}

async function post(url: string, body: string, dispatcher: Agent): Promise<boolean> {
  const answer = await request(url, { method: 'POST', headers: HEADERS, body, dispatcher });
  await answer.body.dump();
  return answer.statusCode === 202;
}

function pressWithWrk(url: string, connections: number, seconds: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', 'post.lua', url], {
      cwd: here('..'),
    });
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.on('error', reject);
    child.on('close', () => {
      const refused = Number(/Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? 0);
      resolve(Number(/(\d+) requests in/.exec(text)?.[1] ?? 0) - refused);
    });
  });
}
