export { HelpHost } from './HelpHost.tsx';
export { HelpMenu } from './HelpMenu.tsx';
export { ALL_TOPICS, openHelp } from './help-state.ts';
export { startTour } from './tour/tour-state.ts';
