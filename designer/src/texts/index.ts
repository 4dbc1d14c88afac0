/** Every text of the designer's UI, one file per area. Components hold no wording of their own. */
export { apiTexts } from './api.ts';
export { appTexts } from './app.ts';
export { canvasTexts } from './canvas.ts';
export { deploymentTexts } from './deployments.ts';
export { executionTexts } from './executions.ts';
export { flowTexts } from './flows.ts';
export { settingsTexts } from './settings.ts';
export { uiTexts } from './ui.ts';
