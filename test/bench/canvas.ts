/**
 * `pnpm bench canvas`: how smoothly a flow of 300 nodes pans, and one of its nodes drags, in Chromium on the built designer. Frames per second
 * while the pointer moves, beside those of the same page at rest (what the machine can show at all). `BENCH_NODES` is how many nodes,
 * `BENCH_SECONDS` how long each movement lasts.
 */
import { loadavg } from 'node:os';
import { chromium, type Page } from '@playwright/test';
import { signIn } from '../fixtures/browser.ts';
import { startRuntime } from '../fixtures/runtime.ts';
import config from '../playwright.config.ts';

const NODES = Number(process.env.BENCH_NODES ?? 300);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4);
const COLUMNS = 20;
const TARGET_PER_S = 50;

/** Runs in the page: counts its frames until `benchFrames()` asks for their times (ms). */
const COUNT_FRAMES = `{
  const times = [];
  const each = (now) => {
    times.push(now);
    handle = requestAnimationFrame(each);
  };
  let handle = requestAnimationFrame(each);
  globalThis.benchFrames = () => {
    cancelAnimationFrame(handle);
    return times;
  };
}`;

const runtime = await startRuntime();
const browser = await chromium.launch(config.use?.launchOptions);
try {
  await runtime.json('POST', '/api/v1/flows', largeFlow(NODES));
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/flows/large`);
  await page.getByTestId('node-n0').waitFor();
  console.log(`${NODES} nodes, ${SECONDS} s each; load of the machine before: ${loadavg()[0]?.toFixed(1)}`);
  const pane = { x: 700, y: 860 };
  const rest = await framesWhile(page, async () => void (await page.waitForTimeout(SECONDS * 1000)));
  say('at rest', rest, rest);
  say('panning', await framesWhile(page, () => movePointer(page, pane)), rest);
  const card = await page.getByTestId(`node-n${Math.floor(NODES / 2)}`).boundingBox();
  if (!card) throw new Error('the node to drag is not shown');
  const middle = { x: card.x + card.width / 2, y: card.y + card.height / 2 };
  say('dragging a node', await framesWhile(page, () => movePointer(page, middle)), rest);
} finally {
  await browser.close();
  await runtime.stop();
}

interface Frames {
  readonly perSecond: number;
  /** The frame that only one of twenty is longer than (ms). */
  readonly p95Ms: number;
}

/** Frames that the page shows while something goes on. */
async function framesWhile(page: Page, work: () => Promise<void>): Promise<Frames> {
  await page.evaluate(COUNT_FRAMES);
  await work();
  const times = await page.evaluate<number[]>('benchFrames()');
  const gaps = times
    .slice(1)
    .map((time, index) => time - (times[index] ?? time))
    .sort((a, b) => a - b);
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  return { perSecond: (1000 * gaps.length) / total, p95Ms: gaps[Math.floor(gaps.length * 0.95)] ?? 0 };
}

/** Holds the button down and moves in circles, a step for about each frame. */
async function movePointer(page: Page, from: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const end = Date.now() + SECONDS * 1000;
  for (let step = 0; Date.now() < end; step++) {
    const angle = step / 12;
    await page.mouse.move(from.x + 120 * Math.sin(angle), from.y - 120 * (1 - Math.cos(angle)));
    await page.waitForTimeout(8);
  }
  await page.mouse.up();
}

function say(what: string, { perSecond, p95Ms }: Frames, rest: Frames): void {
  const share = `${Math.round((100 * perSecond) / rest.perSecond)} % of the frames at rest`;
  const verdict = perSecond >= TARGET_PER_S ? 'reaches' : 'is below';
  console.log(
    `${what}: ${perSecond.toFixed(1)} frames/s (${share}; 95 % within ${p95Ms.toFixed(1)} ms), ${verdict} ${TARGET_PER_S}`,
  );
}

/** Chains of twenty nodes below each other. */
function largeFlow(count: number) {
  const ids = Array.from({ length: count }, (_, index) => `n${index}`);
  const place = (index: number) => ({ x: (index % COLUMNS) * 280, y: Math.floor(index / COLUMNS) * 112 });
  return {
    formatVersion: 1,
    id: 'large',
    name: 'Large',
    nodes: ids.map((id, index) =>
      index % COLUMNS === 0
        ? { id, type: 'webhook', config: { path: `large/${id}`, method: 'POST' } }
        : { id, type: 'transform', config: { mapping: '$' } },
    ),
    edges: ids.flatMap((target, index) =>
      index % COLUMNS === 0
        ? []
        : [{ id: `e${index}`, source: `n${index - 1}`, sourceHandle: 'out', target, targetHandle: 'in' }],
    ),
    layout: { nodes: Object.fromEntries(ids.map((id, index) => [id, place(index)])) },
  };
}
