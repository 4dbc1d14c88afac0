/** What is said when a request fails without an answer of the API. */
export const apiTexts = {
  unreachable: 'Crossdock cannot be reached. Check that it runs and that you are online.',
  unreachableCode: 'OFFLINE',
  unreadable: (status: number) => `The answer (status ${status}) could not be read. A proxy may have changed it.`,
  unreadableCode: 'ANSWER_UNREADABLE',
} as const;
