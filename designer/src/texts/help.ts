/** The help: node types, errors, and the tour. */
export const helpTexts = {
  menu: 'Help menu',
  title: 'Help: nodes and errors',
  search: 'Search node types and errors',
  nothing: (query: string) => `Nothing about “${query}”. Try the name of a system, or an error’s code.`,
  back: 'All topics',
  helpWith: (title: string) => `Help: ${title}`,
  about: (title: string) => `What “${title}” does`,
  groups: {
    trigger: 'Triggers',
    transform: 'Transforms',
    control: 'Control',
    action: 'Actions',
    error: 'Errors, and what to do',
  },
  unknownType: (type: string) => `No node type “${type}” exists here.`,
  unknownError: (code: string) => `No error has the code ${code}. It may be from a newer Crossdock.`,
  settings: 'Settings',
  required: 'required',
  fallback: (value: string) => `by default \`${value}\``,
  suchAs: (examples: readonly string[]) => `such as ${examples.map((example) => `\`${example}\``).join(', ')}`,
  simulated: 'Output while effects are simulated',
  examples: 'Examples',
  useExample: 'Use this',
  used: 'Example taken over.',
  errors: 'Errors it may end with, and what to do',
  says: 'It says',
  retried: 'Tried again',
  status: 'HTTP status, where it answers a request',
  from: 'May come from',
  slots: '{…} stands for a detail of the case at hand.',
  tour: {
    welcome: 'Welcome to Crossdock',
    offer:
      'Crossdock connects the systems that an order passes through. Two minutes show you where flows are drawn, tried and deployed, and where you see what became of each order. You find the tour in the help menu later, too.',
    decline: 'Not now',
    start: 'Take the tour',
    skip: 'End the tour',
    back: 'Back',
    next: 'Next',
    done: 'Done',
    count: (at: number, of: number) => `${at} of ${of}`,
    steps: {
      pages: {
        title: 'The pages',
        text: 'Flows are drawn here, orders and executions seen, exceptions mended, deployments decided. The mark on top leads back to the flows.',
      },
      search: {
        title: 'Find anything',
        text: 'Ctrl-K from anywhere: a flow, an order by any of its numbers, a page, a command, a node’s help, a text in all flows.',
      },
      environment: {
        title: 'Where you are',
        text: 'dev, test and prod have their own deployments, connections and variables. The edge of this bar is amber in test and red in prod.',
      },
      palette: {
        title: 'Nodes to draw with',
        text: 'Click one, or drag it onto the canvas; the question mark tells what it does. A slash goes to the search.',
      },
      canvas: {
        title: 'The flow',
        text: 'Draw from the right edge of a node to the left edge of the next. Drop a node on a line to put it in between. All of it can be undone, and the draft saves itself.',
      },
      inspector: {
        title: 'What is selected',
        text: 'A node’s settings, its mapping, what it does when it fails, how it did in the last run, and its documentation. Nothing selected: the settings of the flow.',
      },
      actions: {
        title: 'Try, publish, deploy',
        text: 'Run once tries the draft on a sample and leaves no effect outside. Publish makes a revision of it, Deploy puts a revision live.',
      },
      executions: {
        title: 'What became of each order',
        text: 'Every execution, found by its business keys. Open one to see what each node got and gave.',
      },
      exceptions: {
        title: 'What needs a person',
        text: 'What failed or is in doubt waits here, with the cause and what to do. Replay one or all of them once the cause is mended.',
      },
      help: {
        title: 'Help is here',
        text: 'The pages of all node types, every error with what to do, and this tour once more.',
      },
    },
  },
} as const;
