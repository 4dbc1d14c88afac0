import type { AuditRow } from '@crossdock/api-contract';

/** Who changed what. */
export const auditTexts = {
  label: 'Changes',
  hint: 'Every change, by whom and from where. Rows are never changed; secrets are never in them.',
  at: 'When',
  who: 'Who',
  action: 'What',
  thing: 'Of what',
  env: 'Environment',
  from: 'From',
  reason: 'Reason',
  kinds: { person: '', 'api-key': 'API key', system: 'by itself', nobody: 'not signed in' } satisfies Record<
    AuditRow['by']['kind'],
    string
  >,
  filters: {
    who: 'Who',
    whoPlaceholder: 'E-mail or key',
    thing: 'Of what',
    thingPlaceholder: 'Flow, person, execution …',
    action: 'Action',
    anyAction: 'Any action',
    env: 'Environment',
    anyEnv: 'Any environment',
    clear: 'Clear filters',
  },
  export: 'Export',
  exportCsv: 'As CSV, for a spreadsheet',
  exportJson: 'As JSON lines, for a program',
  noneTitle: 'Nothing was changed yet',
  noneDetail: 'Changes of flows, deployments, people and settings stand here as soon as there are any.',
  detail: {
    title: (action: string, thing: string) => `${action} · ${thing}`,
    field: 'Field',
    before: 'Before',
    after: 'After',
    none: 'There is nothing more to tell of it.',
    userAgent: 'Program',
    address: 'Address',
    number: 'Number',
    whole: 'whole',
  },
} as const;
