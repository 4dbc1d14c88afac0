import { effectiveRules, RESOLVE_WITHIN } from './effective-rules.ts';
import { spanText } from './limits.ts';
import type { Cause, OrderRule, Span } from './rule.ts';
import { taken } from './rule-settings.ts';
import { orderRules } from './rule-table.ts';

/** The page `docs/order-exceptions.md`: every rule with when it alarms, who is to see to it and what makes it pass. */
export function rulesMarkdown(): string {
  const rules: readonly OrderRule[] = orderRules;
  const isReported = ({ causes }: OrderRule): boolean => causes.every(({ kind }) => kind === 'reported');
  const watched = rules.filter((rule) => !isReported(rule));
  return [INTRO, table(watched, true), REPORTED, table(rules.filter(isReported), false), settingsText()].join('\n');
}

const resolve = (Object.entries(RESOLVE_WITHIN) as [string, Span][])
  .map(([severity, span]) => `${severity} ${spanText(span)}`)
  .join(', ');

const INTRO = `# Order exceptions

What needs a person, and when. An exception is raised by \`exception.raised\`, assigned and settled by people, and cleared by \`exception.cleared\`;
while one is open the order is \`exception pending\`. The page is written from \`packages/orders/src/rules/rule-table.ts\`.

What people settle stays settled until what made it has passed and comes back. An exception is due after it was raised within: ${resolve}.

## Watched

These follow from what the order's events say, and from the time. Where a rule has several times, the first that is over counts.
`;

const REPORTED = `## Reported

These follow from what an order's events do not say. Who sees it raises it, and clears it.
`;

function table(rules: readonly OrderRule[], isWatched: boolean): string {
  const head = `| Code | What is wrong | ${isWatched ? 'Alarms' : 'Raised by'} | Severity | Owner | Passes when | What to do | Settings |`;
  const rows = rules.map((rule) =>
    [
      `\`${rule.code}\``,
      rule.text,
      rule.causes.map(causeText).join('; ') + (rule.isOffByDefault ? '. Off unless turned on' : ''),
      rule.severity,
      rule.owner,
      rule.clears,
      rule.action,
      taken(rule)
        .map((name) => `\`${name}\``)
        .join(', '),
    ].map((cell) => cell.replaceAll('|', '\\|')),
  );
  return `${head}\n|${'---|'.repeat(8)}\n${rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}

/** When a cause alarms, in words. */
export function causeText(cause: Cause): string {
  switch (cause.kind) {
    case 'stage': {
      const patience = cause.isPatient ? ', counted from its release and without holds' : '';
      const missing = cause.to === 'validated' ? 'not' : cause.isBegunEnough ? 'nothing' : 'not all';
      return `${cause.from} and ${missing} ${cause.to} for ${spanText(cause.within)}${patience}`;
    }
    case 'promise near':
      return `${cause.isBegunEnough ? 'nothing' : 'not all'} allocated ${spanText(cause.before)} before the promised date`;
    case 'promise missed':
      return cause.by === 'now'
        ? 'the promised date is over'
        : 'the estimate of the carrier is after the promised date';
    case 'hold':
      return `a ${cause.code} hold is open for ${spanText(cause.within)}`;
    case 'first scan': {
      const others = Object.entries(cause.byMode ?? {}).map(([mode, span]) => `, ${mode} for ${spanText(span)}`);
      return `shipped and not scanned for ${spanText(cause.within)}${others.join('')}`;
    }
    case 'next scan':
      return `no other scan for ${spanText(cause.within)}`;
    case 'answer': {
      const { documents } = cause;
      const which = 'only' in documents ? documents.only.join(', ') : `all but ${documents.except.join(', ')}`;
      return `an EDI document (${which}) is not answered for ${spanText(cause.within)}`;
    }
    case 'refusal':
      return 'at once, until it is sent again';
    case 'reply':
      return `a ${cause.to} was sent and no ${cause.by} came by the cut-off of the calendar, where it has one`;
    case 'notice':
      return `shipped and no ${cause.documents.join(' or ')} sent for ${spanText(cause.within)}`;
    case 'condition':
      return `it lasts for ${spanText(cause.within)}`;
    case 'reported':
      return `${cause.by}${cause.isAboutOrder ? '' : ', apart from orders'}`;
  }
}

function settingsText(): string {
  const example = {
    calendars: {
      east: {
        timeZone: 'America/New_York',
        week: { monday: [{ from: '06:00', to: '22:00' }], tuesday: [{ from: '06:00', to: '22:00' }] },
        holidays: ['2026-12-25'],
        cutOff: '15:00',
      },
    },
    calendar: 'east',
    rules: { STUCK_PICK: { within: { minutes: 240, counting: 'working-hours' }, owner: 'east warehouse' } },
    resolveWithin: { critical: { minutes: 30 } },
    overrides: [{ when: { customer: 'ACME' }, rules: { ASN_MISSING: { isOn: true } } }],
  };
  const on = effectiveRules({ head: undefined }, {}).length;
  return `## Settings

Per environment, under **Orders → Exception rules**, or by \`PUT /api/v1/environments/:env/order-rules\` (permission \`order-rules:write\`). A change counts for all
orders at once. People settle, assign and comment on exceptions, and release holds, on the page of the order (permission \`orders:settle\`).

All is on but where it says otherwise (${on} of ${orderRules.length}). Settings change limits, severities and owners, turn rules off, and say when sites work (**Calendars and times**) and what is otherwise for a customer, a channel or a site (**For some orders**); the last of the
overrides that apply to an order counts. A length of time counts by the clock, in \`working-hours\` of the calendar, or in \`working-days\`, which are
whole days without weekends and holidays. Without a calendar work is Monday to Friday, 08:00 to 17:00 UTC.

\`\`\`json
${JSON.stringify(example, null, 2)}
\`\`\`
`;
}
