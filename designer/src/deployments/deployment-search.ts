import { optionalChoice, optionalText } from '../app/search-params.ts';

export interface DeploymentSearch {
  tab?: 'matrix' | 'variables';
  q?: string;
}

export const validateDeploymentSearch = (search: Record<string, unknown>): DeploymentSearch => ({
  ...optionalChoice(search, 'tab', ['matrix', 'variables']),
  ...optionalText(search, 'q'),
});
