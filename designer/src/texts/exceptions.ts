import { plural } from './plural.ts';

/** What could not be done and waits for a person: dead letters, and calls in doubt. */
export const exceptionTexts = {
  title: 'Exceptions',
  tabs: { label: 'Kinds of exceptions', 'dead-letters': 'Dead letters', 'in-doubt': 'In doubt' },
  filters: {
    node: 'Node',
    anyNode: 'Every node',
    code: 'Error code',
    anyCode: 'Every error',
    state: 'State',
    states: { open: 'Open', replayed: 'Replayed', all: 'All' },
  },
  columns: {
    status: 'Status',
    keys: 'Keys',
    flow: 'Flow',
    environment: 'Environment',
    node: 'Node',
    error: 'What happened',
    attempts: 'Attempts',
    failed: 'Failed',
    since: 'Began',
    remote: 'System',
    attempt: 'Attempt',
    lastError: 'Last error',
    replayedBy: 'Replayed as',
  },
  toExecutions: 'Go to the executions',
  selection: {
    hint: 'Select rows to act on them, or act on all that the filter finds.',
    tickAll: 'Select all that are listed',
    tick: (name: string) => `Select ${name}`,
    selected: (count: number) => `${plural(count, 'execution')} selected`,
    clear: 'Clear the selection',
    most: (most: number) => `At most ${most} can be selected. To take more, filter and take all that the filter finds.`,
  },
  deadLetters: {
    label: 'Dead letters',
    rowName: (said: string, flow: string, error: string) => `${said}, ${flow}: ${error}`,
    replayAll: 'Replay all found …',
    replaySelected: (count: number) => `Replay ${plural(count, 'execution')} …`,
    noneTitle: (environment: string | undefined) => `Nothing has failed${environment ? ` in ${environment}` : ''}`,
    replayedTitle: (environment: string | undefined, isNarrowed: boolean) =>
      `All that ${isNarrowed ? 'the filter finds' : 'failed'}${environment ? ` in ${environment}` : ''} has been replayed`,
    replayedDetail:
      'Each runs again as an execution of its own. What fails once more comes back here; a call of which nobody knows whether it was done stands under In doubt.',
    showReplayed: 'Show the replayed',
    noneDetail: (days: number | undefined) =>
      `What fails for good shows up here within a second, with its error and with what a replay needs${
        days === undefined ? '' : `, and stays for ${plural(days, 'day')}`
      }.`,
  },
  inDoubt: {
    label: 'Calls in doubt',
    rowName: (said: string, flow: string, node: string) => `${said}, ${flow}: ${node}`,
    decideAll: 'Decide all found …',
    decideSelected: (count: number) => `Decide ${plural(count, 'execution')} …`,
    noneTitle: (environment: string | undefined) => `Nothing is in doubt${environment ? ` in ${environment}` : ''}`,
    noneDetail:
      'A call is in doubt when it began, its outcome was never recorded, and its target cannot tell a repeated call from a new one.',
  },
  replayMany: {
    title: 'Replay dead letters',
    from: 'From where',
    fromFailed: 'The failed step',
    fromFailedHint: 'What came before is taken over as it was.',
    fromTrigger: 'The trigger',
    fromTriggerHint: 'The whole flow runs again.',
    verb: (count: number) => `Replay ${plural(count, 'execution')}`,
    found: (count: number) => `${plural(count, 'execution')} found`,
    willRun: (count: number) => `${count.toLocaleString('en')} can run`,
    skipped: (count: number) => `${count.toLocaleString('en')} can no longer be replayed from there`,
    skippedHint: 'What they need is not kept any more. They stay in this list.',
    none: 'Nothing here can be replayed from there. Choose another place to begin, or widen the filter.',
  },
  decideMany: {
    title: 'Decide calls in doubt',
    outcome: 'How did the calls end?',
    choose: 'Decide',
    verbs: {
      done: (count: number) => `Take ${plural(count, 'call')} for done`,
      repeat: (count: number) => `Make ${plural(count, 'call')} again`,
      fail: (count: number) => `Fail ${plural(count, 'execution')}`,
    },
    found: (count: number) => `${plural(count, 'call')} found`,
    willRun: (count: number) => `${count.toLocaleString('en')} can be decided`,
    skipped: (count: number) => `${count.toLocaleString('en')} were decided meanwhile`,
    none: 'Nothing here is in doubt any more.',
  },
} as const;
