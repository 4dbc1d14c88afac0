import { optionalChoice, optionalText } from '../app/search-params.ts';

const TABS = ['matrix', 'history', 'environments', 'variables'] as const;
type DeploymentTab = (typeof TABS)[number];

export interface DeploymentSearch {
  tab?: DeploymentTab;
  q?: string;
  /** Of the history: one flow alone. */
  flow?: string;
  /** Of the history: the deployment that is open. */
  entry?: string;
}

export const validateDeploymentSearch = (search: Record<string, unknown>): DeploymentSearch => ({
  ...optionalChoice(search, 'tab', TABS),
  ...optionalText(search, 'q'),
  ...optionalText(search, 'flow'),
  ...optionalText(search, 'entry'),
});
