import 'dayjs/locale/de';
import type { Translation } from '../translation.ts';
import { accountTexts } from './account.ts';
import { apiTexts } from './api.ts';
import { appTexts } from './app.ts';
import { auditTexts } from './audit.ts';
import { canvasTexts } from './canvas.ts';
import { commandTexts } from './commands.ts';
import { connectionTexts } from './connections.ts';
import { deploymentTexts } from './deployments.ts';
import { editorTexts } from './editor.ts';
import { egressTexts } from './egress.ts';
import { exceptionTexts } from './exceptions.ts';
import { executionTexts } from './executions.ts';
import { filterTexts } from './filters.ts';
import { flowTexts } from './flows.ts';
import { healthTexts } from './health.ts';
import { helpTexts } from './help.ts';
import { inspectorTexts } from './inspector.ts';
import { boardTexts, mapperTexts } from './mapper.ts';
import { orderRuleTexts } from './order-rules.ts';
import { orderTexts } from './orders.ts';
import { paletteTexts } from './palette.ts';
import { referenceTexts } from './references.ts';
import { repairTexts } from './repairs.ts';
import { senderTexts } from './sender.ts';
import { settingsTexts } from './settings.ts';
import { statusTexts } from './statuses.ts';
import { subscriptionTexts } from './subscriptions.ts';
import { tryoutTexts } from './tryout.ts';
import { uiTexts } from './ui.ts';

/** German. Calendars of fields take their names from dayjs. */
export const translation: Translation = {
  accountTexts,
  apiTexts,
  appTexts,
  auditTexts,
  boardTexts,
  canvasTexts,
  commandTexts,
  connectionTexts,
  deploymentTexts,
  editorTexts,
  egressTexts,
  exceptionTexts,
  executionTexts,
  filterTexts,
  flowTexts,
  healthTexts,
  inspectorTexts,
  mapperTexts,
  orderTexts,
  paletteTexts,
  repairTexts,
  senderTexts,
  settingsTexts,
  helpTexts,
  orderRuleTexts,
  referenceTexts,
  statusTexts,
  subscriptionTexts,
  tryoutTexts,
  uiTexts,
};
