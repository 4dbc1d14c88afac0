/** Where in the product a step is shown; `flow` is some flow of the installation. */
export type TourPlace = 'anywhere' | 'flow' | 'executions' | 'exceptions';

export type TourStepId =
  | 'pages'
  | 'search'
  | 'environment'
  | 'palette'
  | 'canvas'
  | 'inspector'
  | 'actions'
  | 'executions'
  | 'exceptions'
  | 'help';

export interface TourStep {
  readonly id: TourStepId;
  readonly place: TourPlace;
  /** The `data-tour` of what it is about. */
  readonly target: string;
}

const STEPS: readonly TourStep[] = [
  { id: 'pages', place: 'anywhere', target: 'pages' },
  { id: 'search', place: 'anywhere', target: 'search' },
  { id: 'environment', place: 'anywhere', target: 'environment' },
  { id: 'palette', place: 'flow', target: 'palette' },
  { id: 'canvas', place: 'flow', target: 'canvas' },
  { id: 'inspector', place: 'flow', target: 'inspector' },
  { id: 'actions', place: 'flow', target: 'actions' },
  { id: 'executions', place: 'executions', target: 'content' },
  { id: 'exceptions', place: 'exceptions', target: 'content' },
  { id: 'help', place: 'anywhere', target: 'help' },
];

/** The steps of the tour: those in a flow need one, and drawing is for those who may. */
export function tourSteps(has: { flow: boolean; mayDraw: boolean }): readonly TourStep[] {
  return STEPS.filter(({ id, place }) => (place !== 'flow' || has.flow) && (id !== 'palette' || has.mayDraw));
}
