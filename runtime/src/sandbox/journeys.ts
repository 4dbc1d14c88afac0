import { randomUUID } from 'node:crypto';
import {
  type Delivery,
  deliveriesOf,
  documentsOf,
  type Journey,
  makeJourney,
  type SystemDocument,
  seeded,
} from '@crossdock/simulators';
import type { Logger } from '../log.ts';
import { openJsonLines } from './json-lines.ts';
import type { RunOptions } from './run-options.ts';
import { startSending } from './send-deliveries.ts';

/** How far a run is. */
export interface RunProgress {
  readonly run: string;
  readonly options: Omit<RunOptions, 'secret'>;
  /** Arrivals: each message at least once, some twice, flawed copies too. */
  readonly deliveries: number;
  readonly sent: number;
  /** How often each status was answered; `none` where nobody answered. */
  readonly answers: Readonly<Record<string, number>>;
  readonly isOver: boolean;
}

/** The journeys that the systems of the sandbox play, what of them was told, and how their orders really stand. */
export interface Journeys {
  start(options: RunOptions): Promise<RunProgress>;
  runs(): readonly RunProgress[];
  /** How each order of a run stands once everything was told; undefined for an unknown run. */
  truth(run: string): readonly Pick<Journey, 'key' | 'truth' | 'situations'>[] | undefined;
  /** Of a place such as `wms/shipments`. */
  documents(place: string): readonly SystemDocument[];
  /** Ends and forgets a run; false for an unknown one. */
  remove(run: string): Promise<boolean>;
  close(): Promise<void>;
}

type Line =
  | { readonly run: string; readonly options: RunOptions }
  | { readonly sent: string; readonly count: number }
  | { readonly removed: string };

interface Run {
  readonly id: string;
  readonly options: RunOptions;
  readonly journeys: readonly Journey[];
  readonly deliveries: readonly Delivery[];
  readonly documents: ReadonlyMap<string, readonly SystemDocument[]>;
  readonly answers: Record<string, number>;
  readonly stopping: AbortController;
  sent: number;
  sending: Promise<void>;
}

/** Journeys follow from their seed, so that the file holds what was asked for and how much of it was told; runs go on where they stood. */
export async function openJourneys(path: string, log: Logger): Promise<Journeys> {
  const lines = await openJsonLines<Line>(path);
  const runs = new Map<string, Run>();
  for (const line of lines.found) {
    if ('removed' in line) runs.delete(line.removed);
    else if ('sent' in line) runs.get(line.sent)!.sent = line.count;
    else runs.set(line.run, openRun(line.run, line.options));
  }
  const send = (run: Run): void => {
    run.sending = startSending({
      ...{ deliveries: run.deliveries, from: run.sent, options: run.options, stopped: run.stopping.signal },
      answered: (status) => {
        run.answers[status] = (run.answers[status] ?? 0) + 1;
      },
      sent: (count) => {
        run.sent = count;
        return lines.append({ sent: run.id, count });
      },
    }).catch((err) => log.error({ err, run: run.id }, 'the journeys of the sandbox cannot go on'));
  };
  for (const run of runs.values()) send(run);
  return {
    async start(options) {
      const run = openRun(randomUUID(), options);
      await lines.append({ run: run.id, options });
      runs.set(run.id, run);
      send(run);
      return progressOf(run);
    },
    runs: () => [...runs.values()].map(progressOf),
    truth: (id) => runs.get(id)?.journeys.map(({ key, truth, situations }) => ({ key, truth, situations })),
    documents: (place) => [...runs.values()].flatMap((run) => run.documents.get(place) ?? []),
    async remove(id) {
      const run = runs.get(id);
      if (run === undefined) return false;
      run.stopping.abort();
      await run.sending;
      runs.delete(id);
      await lines.append({ removed: id });
      return true;
    },
    async close() {
      for (const { stopping } of runs.values()) stopping.abort();
      await Promise.all([...runs.values()].map(({ sending }) => sending));
      await lines.close();
    },
  };
}

/** Seconds from the beginning of one journey to that of the next. */
const BETWEEN_ORDERS_S = [0, 2] as const;

function openRun(id: string, options: RunOptions): Run {
  const { seed, from, count, secondsApart } = options;
  const random = seeded(seed);
  let startAt = options.startAt;
  const journeys = Array.from({ length: count }, (_, place) => {
    startAt += 1000 * random.whole(...BETWEEN_ORDERS_S);
    return makeJourney({ seed, number: from + place, startAt, secondsApart });
  });
  const deliveries = journeys.flatMap(({ messages }) => deliveriesOf(messages, random)).sort((a, b) => a.at - b.at);
  const documents = Map.groupBy(journeys.flatMap(documentsOf), ({ system, type }) => `${system}/${type}`);
  const stopping = new AbortController();
  return { id, options, journeys, deliveries, documents, stopping, answers: {}, sent: 0, sending: Promise.resolve() };
}

function progressOf({ id, options: { secret: _, ...options }, deliveries, sent, answers }: Run): RunProgress {
  const isOver = sent >= deliveries.length;
  return { run: id, options, deliveries: deliveries.length, sent, answers: { ...answers }, isOver };
}
