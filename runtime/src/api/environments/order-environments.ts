import { FlowError } from '@crossdock/errors';
import type { RecordChange, Recorded } from '../../audit/index.ts';
import type { Database } from '../../store/index.ts';

/** Puts the environments in the order of `names`, which must be all of them, each once. Throws `API_BAD_REQUEST`. */
export function orderEnvironments(
  db: Database,
  { names, record }: { names: readonly string[]; record: RecordChange },
): Promise<Recorded> {
  return db.transaction(async (tx) => {
    const known = await tx
      .selectFrom('environments')
      .select(['name', 'position'])
      .orderBy('name')
      .forUpdate()
      .execute();
    const all = known.map(({ name }) => name);
    if (
      new Set(names).size !== names.length ||
      names.length !== all.length ||
      !all.every((name) => names.includes(name))
    )
      throw new FlowError('API_BAD_REQUEST', {
        details: { path: 'field "names"', reason: `must hold each environment once: ${all.join(', ')}` },
      });
    for (const [position, name] of names.entries())
      await tx
        .updateTable('environments')
        .set({ position: position + 1 })
        .where('name', '=', name)
        .execute();
    const before = known.toSorted((a, b) => a.position - b.position).map(({ name }) => name);
    return record({ id: 'environments', before: { order: before }, after: { order: names } }, tx);
  });
}
