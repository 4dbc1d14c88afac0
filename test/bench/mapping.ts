/**
 * `pnpm bench mapping`: our mappings beside the `jsonata` package, in one run and in turns: the order mapping of `../shared/bench` (also beside
 * hand-written JavaScript), typical mappings (`mappings/`), and every case of the language's test suite. Every answer is first held against the
 * reference's; the exit code is 1 when one differs. `BENCH_ROUNDS` is how many batches each has, `BENCH_BATCH_MS` how long one lasts.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { compileMapping, MAPPING_LIMITS } from '@crossdock/mapping';
import { suiteCases } from '@crossdock/mapping/testing';
import jsonata from 'jsonata';
import { geometricMean, timeInTurns, timeQuickly, type Work } from './mapping/measure.ts';
import { mapOrder, type ShopOrder } from './mapping/order-by-hand.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 9);
const BATCH_MS = Number(process.env.BENCH_BATCH_MS ?? 40);
const TARGETS = { order: 20, handShare: 0.15, typical: 10, suite: 1.2 };
/** Time and chance give another answer each time; the suite holds them against nothing either. */
const UNREPEATABLE = /\$(now|millis|random|shuffle)\b/;
const guarded: jsonata.JsonataOptions = {
  timeout: MAPPING_LIMITS.timeoutMs,
  stack: MAPPING_LIMITS.maxDepth,
  sequence: MAPPING_LIMITS.maxSequence,
};
const here = new URL('./', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, here), 'utf8');
const verdicts: string[] = [];
let differences = 0;

console.log(
  `Processor time, medians of ${ROUNDS} batches of ${BATCH_MS} ms in turns; load of the machine before: ${loadavg()[0]?.toFixed(1)}`,
);
await benchOrder();
await benchTypical();
await benchSuite();
console.log(verdicts.join('\n'));
if (differences > 0) {
  console.log(`${differences} answers differ from the reference's`);
  process.exitCode = 1;
}

async function benchOrder(): Promise<void> {
  const source = text('mapping.jsonata');
  const order = JSON.parse(text('order.json')) as ShopOrder;
  const byHand = () => mapOrder(order);
  const works = await agreeing('order', source, order, {}, byHand());
  if (!works) return;
  const plain = works.reference;
  const withLimits = jsonata(source, guarded);
  const [referenceUs = 0, guardedUs = 0, oursUs = 0, handUs = 0] = await timeInTurns(
    [plain, () => withLimits.evaluate(order), works.ours, byHand],
    { rounds: ROUNDS, batchMs: BATCH_MS },
  );
  const hand = `by hand ${us(handUs)}, ours is at ${percent(handUs / oursUs)} of it`;
  console.log(`order: ${line(referenceUs, oursUs)}; reference with its limits ${us(guardedUs)}; ${hand}`);
  verdict('order mapping against the reference', referenceUs / oursUs, TARGETS.order, times);
  verdict('order mapping as a share of hand-written JavaScript', handUs / oursUs, TARGETS.handShare, percent);
}

async function benchTypical(): Promise<void> {
  const names = readdirSync(new URL('mappings/', here)).filter((name) => name.endsWith('.jsonata'));
  const ratios: number[] = [];
  for (const file of names) {
    const name = file.slice(0, -'.jsonata'.length);
    const input = JSON.parse(text(`mappings/${name}.json`)) as unknown;
    const works = await agreeing(name, text(`mappings/${file}`), input, {});
    if (!works) continue;
    const [referenceUs, oursUs] = await timeBoth(works);
    ratios.push(referenceUs / oursUs);
    console.log(`${name}: ${line(referenceUs, oursUs)}`);
  }
  verdict(`geometric mean of ${ratios.length} typical mappings`, geometricMean(ratios), TARGETS.typical, times);
}

async function benchSuite(): Promise<void> {
  const cases = suiteCases().filter(({ code, depth }) => code === undefined && depth === undefined);
  if (cases.length === 0)
    return console.log('The cases of the test suite are not measured: ../shared/jsonata-suite is not there.');
  const measured: { name: string; ratio: number; text: string }[] = [];
  for (const { group, name: file, expr, data, bindings } of cases) {
    const name = `${group}/${file}`;
    const works = await agreeing(name, expr, data, bindings);
    if (!works) continue;
    let [referenceUs = 0, oursUs = 0] = await timeQuickly([works.reference, works.ours], { rounds: 5, batchMs: 2 });
    // A second look where a moment of the machine may be what was seen.
    if (oursUs > referenceUs) [referenceUs, oursUs] = await timeBoth(works);
    measured.push({ name, ratio: oursUs / referenceUs, text: line(referenceUs, oursUs) });
  }
  measured.sort((a, b) => b.ratio - a.ratio);
  for (const worst of measured.slice(0, 10)) console.log(`suite ${worst.name}: ${worst.text}`);
  const mean = geometricMean(measured.map(({ ratio }) => 1 / ratio));
  const slower = measured.filter(({ ratio }) => ratio > TARGETS.suite).length;
  console.log(
    `suite: ${measured.length} cases, geometric mean ${times(mean)}, ${slower} slower than ${TARGETS.suite} x`,
  );
  const worst = measured[0]?.ratio ?? 0;
  verdicts.push(
    `worst case of the suite takes ${times(worst)} the reference's time (target at most ${times(TARGETS.suite)}: ${reached(worst <= TARGETS.suite)})`,
  );
}

interface Works {
  readonly reference: Work;
  readonly ours: Work;
}

/** Both ways to do a mapping, or nothing where they do not give the same (or the reference fails). */
async function agreeing(
  name: string,
  source: string,
  input: unknown,
  bindings: Readonly<Record<string, unknown>>,
  also?: unknown,
): Promise<Works | undefined> {
  const expression = jsonata(source);
  // The reference changes some inputs, so each has its own.
  const theirs = structuredClone(input);
  const works: Works = {
    reference: () => expression.evaluate(theirs, bindings),
    ours: () => compiled.evaluate(input, bindings),
  };
  let expected: unknown;
  try {
    expected = await expression.evaluate(structuredClone(input), bindings);
  } catch {
    return undefined;
  }
  const compiled = compileMapping(source);
  const answer = await (async () => compiled.evaluate(input, bindings))().catch((error: unknown) => error);
  const differs =
    !UNREPEATABLE.test(source) && (!same(expected, answer) || (also !== undefined && !same(expected, also)));
  if (!differs) return works;
  differences++;
  console.log(`${name}: gives ${shown(answer)} where the reference gives ${shown(expected)}`);
  return undefined;
}

async function timeBoth({ reference, ours }: Works): Promise<[number, number]> {
  const [referenceUs = 0, oursUs = 0] = await timeInTurns([reference, ours], { rounds: ROUNDS, batchMs: BATCH_MS });
  return [referenceUs, oursUs];
}

/** As JSON: the reference marks its lists and gives functions too. */
function same(expected: unknown, answer: unknown): boolean {
  return isDeepStrictEqual(asJson(expected), asJson(answer));
}

function asJson(value: unknown): unknown {
  const isFunction = (one: object) => '_jsonata_function' in one || '_jsonata_lambda' in one;
  const json = JSON.stringify(value, (_key, inner) =>
    typeof inner === 'object' && inner !== null && isFunction(inner) ? undefined : inner,
  );
  return json === undefined ? undefined : JSON.parse(json);
}

function shown(value: unknown): string {
  return (value instanceof Error ? String(value) : (JSON.stringify(value) ?? 'nothing')).slice(0, 200);
}

function verdict(what: string, value: number, target: number, unit: (value: number) => string): void {
  verdicts.push(`${what}: ${unit(value)} (target ${unit(target)}: ${reached(value >= target)})`);
}

function line(referenceUs: number, oursUs: number): string {
  return `reference ${us(referenceUs)}, ours ${us(oursUs)}, ratio ${times(referenceUs / oursUs)}`;
}

function us(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} µs`;
}

function times(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 1)} x`;
}

function percent(value: number): string {
  return `${(value * 100).toFixed(1)} %`;
}

function reached(is: boolean): string {
  return is ? 'reached' : 'not reached';
}
