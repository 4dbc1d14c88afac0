import { plural } from './plural.ts';

/** The command palette. */
export const commandTexts = {
  open: 'Search',
  label: 'Commands and search',
  placeholder: 'Find a flow, an order, a page, a command, a text in flows',
  nothing: 'Nothing found. Try an order number, the name of a flow or what you want to do.',
  searching: 'Searching …',
  failed: (reason: string) => `Executions and texts in flows could not be searched: ${reason}`,
  count: (results: number) => plural(results, 'result'),
  choose: 'choose',
  run: 'open or do',
  close: 'close',
  recent: 'Recent',
  pages: 'Go to',
  actions: 'Actions',
  help: 'Help',
  flows: 'Flows',
  inThisFlow: 'In this flow',
  inFlows: 'In flows',
  orders: 'Orders',
  executions: 'Executions',
  findExecutions: (query: string) => `Find executions with “${query}”`,
  findExecutionsHint: 'Searches ids, business keys and errors',
  createFlow: 'Create a flow',
  importFlow: 'Import a flow from a file',
  toggleScheme: 'Switch between light and dark',
};
