import type { Connection } from '@crossdock/api-contract';
import { type SubscriptionSettings, subscriptionProblems } from '@crossdock/orders';

/** Settings as a form holds them: what is left empty asks for nothing. */
export interface SubscriptionDraft {
  readonly name: string;
  readonly connection: string;
  readonly path: string;
  readonly types: readonly string[];
  readonly partners: readonly string[];
  readonly channels: readonly string[];
  readonly giveUpAfterHours: number | string;
}

export function draftOf(settings: SubscriptionSettings | undefined): SubscriptionDraft {
  const { name = '', connection = '', path = '', filter = {}, giveUpAfterHours = 24 } = settings ?? {};
  const { types = [], partners = [], channels = [] } = filter;
  return { name, connection, path, types, partners, channels, giveUpAfterHours };
}

export function settingsOf({ types, partners, channels, ...draft }: SubscriptionDraft): SubscriptionSettings {
  const lists = Object.entries({ types, partners, channels }).filter(([, values]) => values.length > 0);
  const path = draft.path.trim();
  return {
    ...{ name: draft.name.trim(), connection: draft.connection },
    ...(path === '' ? {} : { path }),
    filter: Object.fromEntries(lists),
    giveUpAfterHours: draft.giveUpAfterHours as number,
  };
}

/** What is wrong, by the field of the form; the empty name and connection, which nobody has come to yet, are left out. */
export function draftErrors(draft: SubscriptionDraft): { isReady: boolean; errors: Readonly<Record<string, string>> } {
  const problems = subscriptionProblems(settingsOf(draft));
  const errors: Record<string, string> = {};
  for (const { field, message, fix } of problems) {
    const name = /^filter\.(\w+)/.exec(field)?.[1] ?? field;
    if ((name === 'name' || name === 'connection') && draft[name].trim() === '') continue;
    errors[name] ??= `${message}. ${fix}`;
  }
  return { isReady: problems.length === 0, errors };
}

/** The connections of an environment that events can be posted by. */
export function signingConnections(connections: readonly Connection[], env: string): Connection[] {
  return connections.filter(
    (one) => one.env === env && one.type === 'http' && one.credentials.signingSecret?.isSet === true,
  );
}
