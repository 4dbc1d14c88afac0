import { parentPort, workerData } from 'node:worker_threads';
import { type ScenarioName, scenarios } from './scenarios.ts';
import { simulate } from './simulation.ts';

// One thread of a long simulation: takes every `step`th seed from `first` on and tells what was violated.
const { first, step, count } = workerData as { first: number; step: number; count: number };
const names = Object.keys(scenarios) as ScenarioName[];
/** Executions that start others take ten times as long: each eighth of their turns is theirs. */
const CHILDREN_EVERY = 8;
const failing: string[] = [];

for (let seed = first; seed < count && failing.length < 5; seed += step) {
  const turn = Math.floor(seed / step);
  const due = names[turn % names.length]!;
  const isTheirs = due !== 'children' || Math.floor(turn / names.length) % CHILDREN_EVERY === 0;
  const scenario = isTheirs ? due : 'retries';
  const executions = scenario.toLowerCase().endsWith('lanes') ? 4 : 1 + (seed % 3);
  const problems = await simulate({ seed, scenario, executions, workers: 2 + (seed % 2), faults: 3 + (seed % 7) });
  if (problems.length > 0) failing.push(`${scenario} seed ${seed}: ${problems.slice(0, 4).join('; ')}`);
}
parentPort?.postMessage(failing);
