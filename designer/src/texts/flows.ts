export const flowTexts = {
  title: 'Flows',
} as const;
