/** People, API keys, and what this installation is. */
export const settingsTexts = {
  title: 'Settings',
  tabs: {
    label: 'Settings',
    people: 'People',
    keys: 'API keys',
    audit: 'Audit',
    retention: 'Retention',
    about: 'About',
  },
  forbidden: 'Only an admin sees this. Ask one for the role Admin.',
  roleHints: {
    viewer: 'Sees flows and executions, no payloads',
    support: 'Sees executions with their payloads, repairs them',
    analyst: 'Draws and publishes flows, deploys to dev only',
    operator: 'Also deploys anywhere, sets variables and connections',
    admin: 'Everything, also people, keys and the audit',
  },
  people: {
    label: 'People',
    add: 'Invite person',
    name: 'Name',
    email: 'E-mail',
    role: 'Role',
    since: 'Added',
    you: 'you',
    actionsOf: (name: string) => `Actions for ${name}`,
    status: 'Status',
    statuses: { active: 'Active', pending: 'Waits for a password', disabled: 'Disabled' },
    nameMissing: 'Enter a name.',
    emailWrong: 'Enter an e-mail address.',
    inviteTitle: 'Invite a person',
    inviteSubmit: 'Make link',
    linkTitle: (name: string) => `Link for ${name}`,
    linkHint: (email: string) =>
      `Send it to ${email}. Whoever opens it first sets the password; it works once and is shown only now.`,
    link: 'One-time link',
    linkUntil: (time: string) => `Works until ${time}.`,
    copy: 'Copy',
    copied: 'The link is copied',
    done: 'I have copied it',
    changeRole: 'Change role',
    changeRoleTitle: (name: string) => `Role of ${name}`,
    changeRoleSubmit: 'Change role',
    reset: 'Reset password',
    resetTitle: (name: string) => `Reset the password of ${name}`,
    resetEffect: (name: string) =>
      `${name} is signed out everywhere and the old password no longer works. You get a link by which ${name} sets a new one.`,
    resetVerb: 'Reset',
    newLink: 'New link',
    newLinkTitle: (name: string) => `New link for ${name}`,
    newLinkEffect: 'The link from before no longer works.',
    disable: 'Disable',
    disableTitle: (name: string) => `Disable ${name}`,
    disableEffect: (name: string) => `${name} is signed out everywhere at once and cannot sign in until enabled again.`,
    disabled: (name: string) => `${name} is disabled.`,
    enable: 'Enable',
    enabled: (name: string) => `${name} can sign in again.`,
    remove: 'Remove',
    removeTitle: (name: string) => `Remove ${name}`,
    removeEffect: (name: string) =>
      `${name} is signed out and cannot sign in any more. What they drew and deployed stays, under their name.`,
    removed: (name: string) => `${name} is removed.`,
  },
  keys: {
    label: 'API keys',
    hint: 'For programs that call the API: Authorization: Bearer <key>.',
    add: 'Create key',
    name: 'Name',
    nameHint: 'What uses it, such as “CI” or “order import”.',
    nameMissing: 'Say what uses it.',
    role: 'Role',
    starts: 'Begins with',
    created: 'Created',
    lastUsed: 'Last used',
    neverUsed: 'never',
    expires: 'Expires',
    expired: 'expired',
    noExpiry: 'never',
    expiry: 'Expires after',
    expiries: { never: 'Never', '30': '30 days', '90': '90 days', '365': '1 year' },
    expiryHint: 'Programs that use it are refused with 401 from then on.',
    addTitle: 'Create an API key',
    addSubmit: 'Create',
    shownOnceTitle: 'Copy the key now',
    shownOnce: 'This is the only time it is shown. Whoever has it can do what its role allows.',
    value: 'API key',
    copy: 'Copy',
    copied: 'The key is copied',
    done: 'I have copied it',
    revoke: 'Revoke',
    revokeOf: (name: string) => `Revoke ${name}`,
    revokeTitle: (name: string) => `Revoke “${name}”`,
    revokeEffect: (name: string) =>
      `Programs that use “${name}” are refused with 401 from now on. This cannot be undone.`,
    revoked: (name: string) => `“${name}” is revoked.`,
    noneTitle: 'No API keys yet',
    noneDetail: 'Create one for each program that calls Crossdock, so that each can be revoked by itself.',
  },
  retention: {
    hint: 'Older records are removed within the hour and cannot be brought back. What has not ended stays, however old it is, and a dead letter that is not replayed keeps its execution and payloads as long as it is kept itself.',
    suffix: ' days',
    executionDays: 'Executions',
    executionHint: 'Rows, steps and keys that searches find',
    payloadDays: 'Payloads',
    payloadHint: 'What came in and went from step to step',
    deadLetterDays: 'Dead letters',
    deadLetterHint: (most: number) => `What failed, with what a replay needs; at most ${most}`,
    audit: 'Audit',
    auditDays: 'Changes',
    auditHint: 'Who changed what, in all environments',
    outOfRange: (least: number, most: number) => `A whole number from ${least} to ${most.toLocaleString('en')}.`,
    payloadsLonger: 'Payloads cannot be kept longer than their executions.',
    removes: (effect: RetentionCounts) => `Removes ${countsOf(effect)}.`,
    removesNothing: 'Nothing that is there now is older.',
    confirmTitle: (env: string) => `Keep records of ${env} for less time`,
    confirmEffect: (effect: RetentionCounts) => `${sentence(countsOf(effect))} are removed for good.`,
    confirm: 'Remove them',
    save: 'Save',
    undo: 'Undo',
    saved: (env: string) => `Retention of ${env} is saved.`,
    auditSaved: 'Retention of the audit is saved.',
  },
  about: {
    version: 'Version',
    api: 'API description',
    openApi: 'OpenAPI document',
    license: 'Licence',
    licenseName: 'Apache-2.0',
    time: 'Time zone shown',
  },
} as const;

interface RetentionCounts {
  executions: number;
  payloads: number;
  deadLetters: number;
}

/** Counting stops there. */
const COUNTED = 100_000;

function countsOf({ executions, payloads, deadLetters }: RetentionCounts): string {
  const about = (count: number, one: string, many: string) =>
    `${count >= COUNTED ? 'over ' : 'about '}${count.toLocaleString('en')} ${count === 1 ? one : many}`;
  const parts = [
    about(executions, 'execution', 'executions'),
    about(payloads, 'payload', 'payloads'),
    about(deadLetters, 'dead letter', 'dead letters'),
  ];
  return `${parts[0]}, ${parts[1]} and ${parts[2]}`;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
