/** What is said when a request fails without an answer of the API. */
export const apiTexts = {
  unreachable: 'Crossdock cannot be reached. Check that it runs and that you are online.',
  unreachableCode: 'OFFLINE',
} as const;
