import { pino } from 'pino';
import { databaseFor } from './database-for.testing.ts';
import { openDatabase } from './index.ts';

// Writes row after row and prints the number of each once it is committed, until someone kills the process.
const db = await openDatabase({ ...(await databaseFor(process.argv[2] ?? '')), log: pino({ level: 'silent' }) });
const rows = await db.kysely.selectFrom('seed_steps').select('step').execute();
let last = rows.length;
for (;;) {
  last += 1;
  await db.transaction((tx) =>
    tx
      .insertInto('seed_steps')
      .values({ step: `row ${last}`, done_at: new Date() })
      .execute(),
  );
  process.stdout.write(`${last}\n`);
}
