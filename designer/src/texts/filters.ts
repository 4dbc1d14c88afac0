/** What lists of executions are narrowed by. */
export const filterTexts = {
  flow: 'Flow',
  anyFlow: 'Every flow',
  environment: 'Environment',
  allEnvironments: 'All environments',
  time: 'Time',
  anyTime: 'Any time',
  ranges: {
    '15m': 'Last 15 minutes',
    '1h': 'Last hour',
    '24h': 'Last 24 hours',
    '7d': 'Last 7 days',
    '30d': 'Last 30 days',
  },
  from: 'From',
  to: 'To',
  search: 'Search',
  searchPlaceholder: 'Id, key or words of the error',
  clear: 'Clear filters',
  noMatchTitle: 'Nothing matches these filters',
  noMatchDetail: 'Widen the time or take a filter away.',
} as const;
