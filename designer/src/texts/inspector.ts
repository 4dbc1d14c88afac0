import { plural } from './plural.ts';

/** The inspector: settings of a node, an edge and the flow. */
export const inspectorTexts = {
  label: 'Inspector',
  resize: 'Width of the inspector',
  wide: 'Wide mapper',
  narrow: 'Narrow mapper',
  tabs: {
    settings: 'Settings',
    mapping: 'Mapping',
    reliability: 'Reliability',
    tryout: 'Try-out',
    docs: 'Docs',
  },
  node: {
    name: 'Name',
    description: 'Description',
    id: 'Id',
    idHint: 'Never changes: keys of effects and expressions ($nodes) depend on it.',
    unknown: (type: string) =>
      `No node type "${type}" exists here. The node is kept as it is; delete it, or add the connector that brings the type.`,
    noSettings: 'This node has no other settings.',
    mappingElsewhere: 'What it does is on the Mapping tab.',
    duplicate: 'Duplicate',
    remove: 'Delete node',
  },
  edge: {
    title: 'Edge',
    from: 'From',
    to: 'To',
    handle: (handle: string) => `handle ${handle}`,
    onError: 'Taken when the node fails for good.',
    remove: 'Delete edge',
  },
  several: {
    title: (nodes: number, edges: number) =>
      [nodes > 0 ? `${nodes} nodes` : '', edges > 0 ? `${edges} edges` : ''].filter(Boolean).join(' and '),
    hint: 'Move, duplicate or delete them together.',
    remove: 'Delete them',
  },
  form: {
    literal: 'Value',
    expression: 'Expression',
    toExpression: (field: string) => `${field}: compute with an expression`,
    toLiteral: (field: string) => `${field}: a fixed value`,
    expressionHint: 'JSONata; $ is the payload that arrives.',
    addRow: 'Add',
    removeRow: (name: string) => `Remove ${name || 'this row'}`,
    rowName: 'Name',
    rowValue: 'Value',
    duplicateName: 'This name is there already.',
    tagsHint: 'Type and press Enter',
    wrong: (reason: string) => `This ${reason}`,
    jsonInvalid: 'Not JSON yet; what was valid last stays in force.',
  },
  cron: {
    presets: 'Common ones',
    next: (zone: string) => `Next, by the clock of ${zone}`,
    none: 'It never comes.',
    unknownZone: 'Choose a time zone to see when it comes.',
  },
  flowCall: {
    pick: 'Choose a flow',
    open: 'Open it',
    cannotBeCalled: 'has no “Called by a flow” trigger',
    unknown: (flowId: string) => `No flow with the id ${flowId} is there.`,
  },
  cases: {
    add: 'Add case',
    up: (name: string) => `Move ${name} up`,
    down: (name: string) => `Move ${name} down`,
    remove: (name: string) => `Remove ${name}`,
    id: 'Id',
    name: 'Name',
    condition: 'Condition',
    numbered: (index: number) => `Case ${index}`,
    otherwise: 'When no case holds, the message leaves by “otherwise”.',
  },
  reliability: {
    retryTitle: 'Retry',
    maxAttempts: 'Tries in all',
    initialDelayMs: 'First delay',
    factor: 'Factor',
    maxDelayMs: 'Longest delay',
    jitter: 'Spread (0 to 1)',
    defaults: 'Use the defaults',
    usesDefaults: 'Default policy',
    longWaits: 'Waits of more than 2 s in all are durable: they survive a restart and hold no worker.',
    retryRule:
      'Only what may pass is tried again: no answer, 5xx, 408, 425, 429. Other refusals fail at once. Retry-After wins.',
    timeout: 'Timeout of one try',
    onErrorTitle: 'When it fails for good',
    onError: {
      stop: 'Stop',
      continue: 'Go on',
      branch: 'Branch',
    },
    onErrorHint: {
      stop: 'The execution fails; it waits under Exceptions as a dead letter, to be replayed.',
      continue: 'The error becomes the payload and the flow goes on by “out”.',
      branch: 'The message leaves by the “error” handle, with the error as payload.',
    },
    breaker: {
      title: 'Pause calls when the system keeps failing',
      hint: 'All workers and flows that call it pause together; then one call tries whether it answers again.',
      failures: 'Failures',
      windowMs: 'Within',
      openMs: 'First pause',
      maxOpenMs: 'Longest pause',
      preview: (failures: number, window: string, pause: string, longest: string) =>
        `After ${plural(failures, 'failure')} within ${window} calls pause for ${pause}, doubled with each failed try up to ${longest}. Executions wait meanwhile and use up no tries.`,
    },
    rateLimit: {
      title: 'Limit the rate of calls',
      hint: 'Over all workers and flows that share the system; what is over the limit waits.',
      limit: 'Calls, at most',
      periodMs: 'In any',
    },
    doubt: {
      title: 'The target cannot tell a repeated call from a new one',
      hint: 'Switch it on where the target ignores the idempotency key: the call is then never repeated blindly.',
      onDoubtTitle: 'When nobody knows whether a call was done',
      onDoubt: { ask: 'Ask a person', retry: 'Call again', skip: 'Take it for done' },
      onDoubtHint: {
        ask: 'The execution waits as in doubt until someone says whether it was done.',
        retry: 'It may then be done twice.',
        skip: 'It may then never be done; the flow goes on without an answer.',
      },
    },
    compensate: {
      title: 'Undone by',
      hint: 'Runs when the execution fails or is cancelled later, last effect first.',
      none: 'To undo this effect, add an action without any edge; then choose it here.',
      nothing: 'Nothing: what is done stays done',
      undoes: (names: readonly string[]) =>
        `This action undoes ${names.join(', ')}. It runs only when an execution fails or is cancelled after that, and gets {input, output, error}: what was given, what came of it, and why it is undone.`,
    },
    trigger:
      'A trigger is not retried: once it has answered 202 its message is stored durably, and the nodes behind it retry.',
  },
  retry: {
    once: 'Tries once and gives up when that fails.',
    preview: (said: {
      delays: readonly string[];
      longest: string | undefined;
      spreadPercent: number;
      tries: number;
      total: string;
    }) =>
      `Tries again after ${said.delays.join(', ')}${said.longest ? ` … up to ${said.longest}` : ''}${
        said.spreadPercent > 0 ? `, each ± ${said.spreadPercent} %` : ''
      }. Gives up after ${said.tries} tries, about ${said.total} after the first.`,
  },
  tryout: {
    nothing: 'Not run yet',
    hint: 'Run the draft once on a sample. Effects are simulated: nothing leaves Crossdock.',
    notReached: 'The last run did not come to this node.',
    stale: 'The flow has changed since this run.',
    attempt: (attempt: number) => `Attempt ${attempt}`,
    input: 'Input',
    output: 'Output',
    noOutput: 'Nothing left this node.',
    reply: 'Answer to the caller',
    ranOn: (sample: string) => `Ran on “${sample}”`,
    clear: 'Take the run off the canvas',
  },
  docs: {
    fields: 'Settings',
    examples: 'Examples',
    required: 'required',
    useExample: 'Use this',
    used: 'Example taken over.',
  },
  flow: {
    title: 'Flow settings',
    name: 'Name',
    description: 'Description',
    keysTitle: 'Keys',
    keysHint: 'JSONata on the payload of the trigger.',
    businessKeys: 'Business keys',
    businessKeysHint: 'Executions are found by these values.',
    dedupeKey: 'Dedupe key',
    dedupeKeyHint: 'The same value within 24 h is the same execution.',
    orderingKey: 'Ordering key',
    orderingKeyHint:
      'Executions with one value run one after the other, in the order received; one that waits holds up only its own value.',
    orderingBehindWaiting: 'Behind one that waits',
    orderingBehindWaitingHint:
      'What executions of the same value do while one waits for a retry, an event or a person.',
    orderingWaits: 'Wait, so that the order holds',
    orderingPasses: 'Pass it',
    limitsTitle: 'Limits',
    concurrency: 'Executions at once',
    timeoutMs: 'Timeout of an execution',
    mask: 'Masked paths',
    maskHint:
      'What comes in there is sealed wherever it rests; samples are not, so invent their values. * is any key, ** any depth: **.phone',
    samplesTitle: 'Samples',
    samplesHint: 'Payloads for previews and runs on trial.',
    addSample: 'Add sample',
    editSample: (name: string) => `Edit ${name}`,
    removeSample: (name: string) => `Delete ${name}`,
    gives: (value: string) => `Gives ${value}`,
    givesNothing: 'Gives nothing for this sample.',
  },
  sample: {
    add: 'Add a sample',
    edit: 'Edit the sample',
    name: 'Name',
    headers: 'Headers',
    payload: 'Payload (JSON)',
    save: 'Save sample',
    nameMissing: 'Give the sample a name.',
    nameTaken: 'Another sample has this name.',
    pick: 'Sample',
    none: 'No samples yet',
  },
} as const;
