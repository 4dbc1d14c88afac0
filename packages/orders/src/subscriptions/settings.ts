import { fieldName, schemaProblems } from '@crossdock/flow-model';
import Type, { type Static } from 'typebox';
import { eventDefinition } from '../events/catalogue/index.ts';
import type { EventProblem } from '../events/event-problems.ts';
import { maybe, record, text } from '../events/schema-parts.ts';
import { subscriptionFilterSchema } from './filter.ts';

/** Types under this name are the catalogue's. */
const CATALOGUE = 'com.platform.';
const MAX_HOURS = 14 * 24;

/** Who gets which events of orders. */
export const subscriptionSettingsSchema = record({
  name: text('What people call it.', 100),
  connection: text('Connection of type http, with a signing secret: the address that events are posted to.', 64),
  path: maybe(text('Put behind the base address of the connection.', 500)),
  filter: subscriptionFilterSchema,
  giveUpAfterHours: Type.Integer({
    minimum: 1,
    maximum: MAX_HOURS,
    description: 'An event is tried for so long; then the subscription stops and waits for a person.',
  }),
});
export type SubscriptionSettings = Static<typeof subscriptionSettingsSchema>;

/** What is wrong with settings, each with its field and what to do; none for good ones. */
export function subscriptionProblems(settings: unknown): EventProblem[] {
  const problems = schemaProblems(settings, subscriptionSettingsSchema);
  if (problems.length > 0)
    return problems.map(({ keys, keyword, reason }) => {
      const field = fieldName(keys);
      return { field, message: `${field || 'the subscription'} ${reason}`, fix: fixFor(keyword, field) };
    });
  const { name, path, filter } = settings as SubscriptionSettings;
  return [
    ...(name.trim() === '' ? [{ field: 'name', message: 'name is blank', fix: 'Say who gets the events.' }] : []),
    ...pathProblems(path),
    ...typeProblems(filter.types ?? []),
    ...(['types', 'partners', 'channels'] as const).flatMap((field) => repeated(filter[field] ?? [], field)),
  ];
}

function fixFor(keyword: string, field: string): string {
  if (keyword === 'required') return 'Add it.';
  if (keyword === 'unknown') return 'Remove it or correct its spelling.';
  if (keyword === 'minItems') return 'Add one, or leave the field out to get all.';
  return field === 'giveUpAfterHours' ? `Use whole hours from 1 to ${MAX_HOURS}.` : 'Correct the value.';
}

function pathProblems(path: string | undefined): EventProblem[] {
  if (path === undefined || !(/^[a-z][a-z0-9+.-]*:/i.test(path) || path.startsWith('//'))) return [];
  const fix = 'Leave out scheme and host; they are those of the connection.';
  return [{ field: 'path', message: 'path is a whole address', fix }];
}

function typeProblems(types: readonly string[]): EventProblem[] {
  return types.flatMap((type, at) => {
    const field = `filter.types[${at}]`;
    if (/\s/.test(type)) return [{ field, message: `${field} has a space in it`, fix: 'Remove the space.' }];
    if (!type.startsWith(CATALOGUE) || eventDefinition(type)) return [];
    const fix = 'Use a type of the catalogue, such as "com.platform.order.confirmed.v1".';
    return [{ field, message: `${field} is "${type}", which is no event of the catalogue`, fix }];
  });
}

function repeated(values: readonly string[], name: string): EventProblem[] {
  return values.flatMap((value, at) => {
    const field = `filter.${name}[${at}]`;
    if (values.indexOf(value) === at) return [];
    return [{ field, message: `${field} names "${value}" again`, fix: 'Remove it.' }];
  });
}
