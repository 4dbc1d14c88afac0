import type { Preferences } from '@crossdock/api-contract';
import type { Selectable } from 'kysely';
import type { Database, Tables } from '../store/index.ts';

/** How the designer looks to each person. */
export interface PreferencesOfPeople {
  read(userId: string): Promise<Preferences>;
  /** What is left out stays as it is, so that two browsers of a person do not undo each other's choices. */
  change(userId: string, change: Partial<Preferences>): Promise<Preferences>;
}

const NOTHING_CHOSEN: Preferences = { language: null, colorScheme: null, tourSeen: false };

export function createPreferences({ kysely }: Database): PreferencesOfPeople {
  return {
    async read(userId) {
      const row = await kysely.selectFrom('preferences').selectAll().where('user_id', '=', userId).executeTakeFirst();
      return row ? preferencesOf(row) : NOTHING_CHOSEN;
    },
    async change(userId, { language, colorScheme, tourSeen }) {
      const chosen = {
        user_id: userId,
        ...(language === undefined ? {} : { language }),
        ...(colorScheme === undefined ? {} : { color_scheme: colorScheme }),
        ...(tourSeen === undefined ? {} : { tour_seen: tourSeen }),
      };
      const row = await kysely
        .insertInto('preferences')
        .values(chosen)
        .onConflict((conflict) => conflict.column('user_id').doUpdateSet(chosen))
        .returningAll()
        .executeTakeFirstOrThrow();
      return preferencesOf(row);
    },
  };
}

function preferencesOf(row: Selectable<Tables['preferences']>): Preferences {
  return { language: row.language, colorScheme: row.color_scheme, tourSeen: row.tour_seen };
}
