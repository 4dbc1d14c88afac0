import { plural } from './plural.ts';

/** The canvas: cards, edges, controls, and what an execution laid over it says. */
export const canvasTexts = {
  label: 'Flow canvas',
  node: (name: string, type: string) => `${name}, ${type}`,
  unknownType: (type: string) => `Unknown node type ${type}`,
  errors: (count: number) => plural(count, 'error'),
  warnings: (count: number) => plural(count, 'warning'),
  retries: (attempts: number) => `Up to ${plural(attempts, 'try', 'tries')}`,
  attempts: (count: number) => plural(count, 'attempt'),
  messages: (count: number) => plural(count, 'message'),
  edge: (from: string, to: string) => `From ${from} to ${to}`,
  errorEdge: (from: string, to: string) => `On error, from ${from} to ${to}`,
  undoes: (names: readonly string[]) => `undoes ${names.join(', ')}`,
  undoneBy: (node: string, by: string) => `${node} is undone by ${by}`,
  edgesMissing: 'Nothing came this way',
  minimap: 'Overview of the flow',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Fit the whole flow',
  tidy: 'Tidy up',
  handle: { in: 'Input', out: 'Output', error: 'On error' } as Readonly<Record<string, string>>,
} as const;
