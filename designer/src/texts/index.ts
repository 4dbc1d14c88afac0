/** Every text of the designer's UI, one file per area. Components hold no wording of their own. */
export { apiTexts } from './api.ts';
export { appTexts } from './app.ts';
export { canvasTexts } from './canvas.ts';
export { connectionTexts } from './connections.ts';
export { deploymentTexts } from './deployments.ts';
export { editorTexts } from './editor.ts';
export { exceptionTexts } from './exceptions.ts';
export { executionTexts } from './executions.ts';
export { filterTexts } from './filters.ts';
export { flowTexts } from './flows.ts';
export { inspectorTexts } from './inspector.ts';
export { mapperTexts } from './mapper.ts';
export { paletteTexts } from './palette.ts';
export { repairTexts } from './repairs.ts';
export { senderTexts } from './sender.ts';
export { settingsTexts } from './settings.ts';
export { uiTexts } from './ui.ts';
