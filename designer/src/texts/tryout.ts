import { plural } from './plural.ts';

/** Running a draft on trial, and the tests of a flow. */
export const tryoutTexts = {
  testName: (name: string) => `Test: ${name}`,
  menu: {
    label: 'More ways to run',
    samples: 'On the sample',
    step: 'Step by step',
    real: 'With real effects …',
  },
  real: {
    title: 'Run with real effects?',
    calls: (count: number, env: string) =>
      count === 0
        ? `No node of this flow makes calls. It runs in ${env} once.`
        : `${plural(count, 'node')} of this flow may make calls in ${env}, for real and at once:`,
    without: 'without a connection',
    by: (connection: string) => `by the connection “${connection}”`,
    unkept: 'Nothing of the run is kept, so it cannot be replayed or undone later.',
    notMade: 'Publishing to NATS, events of orders and calls of other flows stay simulated.',
    verb: 'Run with real effects',
  },
  bar: {
    label: 'Run on trial',
    at: (attempts: number) => `Stopped after ${plural(attempts, 'attempt')}`,
    next: (names: string) => `Next: ${names}`,
    step: 'Next step',
    rest: 'Run to the end',
    again: 'Run again',
    clear: 'Take the run off the canvas',
    real: 'Real effects',
    simulated: 'Effects simulated',
    stale: 'The flow has changed since',
    keep: 'Keep as test',
    kept: (name: string) => `“${name}” is a test of this flow now.`,
    keptName: (sample: string, number: number) => (number === 1 ? sample : `${sample} (${number})`),
  },
  node: {
    from: 'Run from here',
    fromHint: 'Nodes before keep what they gave.',
    settings: 'Settings it would have run with',
    simulated: 'Not run: a stand-in answered.',
  },
  tests: {
    title: 'Tests',
    action: 'Tests',
    command: 'Show the tests of this flow',
    none: 'No tests yet',
    noneHint:
      'Run the draft once and keep that as a test, or open an execution and choose “Keep as test”. A test says what comes in, what nodes answer and what is to come of it.',
    runAll: 'Run all',
    run: (name: string) => `Run ${name}`,
    running: 'Running the tests',
    sums: (passed: number, failed: number) =>
      failed === 0
        ? `${plural(passed, 'test')}, none fails`
        : `${failed} of ${plural(passed + failed, 'test')} ${failed === 1 ? 'fails' : 'fail'}`,
    notRun: 'Not run yet',
    passed: 'Passes',
    failed: 'Fails',
    differs: (count: number) => plural(count, 'difference'),
    expected: 'Expected',
    got: 'Got',
    nothing: 'nothing',
    show: 'Show on the canvas',
    accept: 'Take what was got',
    acceptHint: 'The test expects from now on what the run gave.',
    accepted: (name: string) => `“${name}” expects what was got.`,
    tolerate: (path: string) => `Let ${path} differ`,
    anything: 'Whatever stands there',
    type: 'Any value of this type',
    contains: 'Further fields',
    remove: (name: string) => `Remove ${name}`,
    rename: (name: string) => `Name of ${name}`,
    gate: 'Publish only when all tests pass',
    gateHint: 'The server then refuses to publish a draft with a test that fails.',
    unsaved: 'The draft could not be saved, so its tests were not run.',
    details: (name: string) => `What differs in ${name}`,
  },
  dialog: {
    add: 'Add a test',
    edit: 'Change the test',
    label: 'The test as JSON',
    hint: 'What comes in (sample or payload), answers of nodes, what is expected, tolerances. What is left out of “expect” is not compared.',
    save: 'Keep the test',
    newName: (number: number) => `Test ${number}`,
    editTest: (name: string) => `Change ${name}`,
  },
  keep: {
    more: 'More ways to keep it',
    sample: 'Keep as sample',
    test: 'Keep as test',
    done: (as: 'sample' | 'test', isMasked: boolean) =>
      `It is a ${as} of the flow now${isMasked ? '; masked values were replaced by invented ones' : ''}.`,
    open: 'Open the flow',
  },
};
