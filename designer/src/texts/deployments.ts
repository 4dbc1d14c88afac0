export const deploymentTexts = {
  title: 'Deployments',
} as const;
