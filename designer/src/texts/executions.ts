export const executionTexts = {
  title: 'Executions',
} as const;
