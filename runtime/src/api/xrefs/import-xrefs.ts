import type { CrossReferenceImport } from '@crossdock/api-contract';
import type { XrefStore } from '@crossdock/bus';
import { isFlowError } from '@crossdock/errors';
import { type LinkedId, type LinkRule, lists, united, withId, type XrefRecord } from '@crossdock/xref';
import { readTable, type TableProblem, type TableRow } from '@crossdock/xref/table';

/** Each line is several round trips to the bus. */
const AT_ONCE = 16;

type Outcome = 'linked' | 'unchanged' | TableProblem;

interface Import extends LinkRule {
  readonly csv: string;
  readonly entity: string;
  readonly by: string;
  /** RFC 3339. */
  readonly at: string;
}

/** Links the lines of a file, one by one: a line that contradicts what is linked is told and left out. */
export async function importXrefs(store: XrefStore, env: string, wanted: Import): Promise<CrossReferenceImport> {
  const { entity, several = false } = wanted;
  return report(wanted, async (rows) => {
    const outcomes: Outcome[] = [];
    for (let at = 0; at < rows.length; at += AT_ONCE)
      outcomes.push(
        ...(await Promise.all(
          rows.slice(at, at + AT_ONCE).map((row) =>
            outcomeOf(row, async () => {
              const { isChanged } = await store.link({ env, entity }, idsOf(row, wanted), { several });
              return isChanged;
            }),
          ),
        )),
      );
    return outcomes;
  });
}

/** What that would do, by what is linked already. */
export async function tryImport(
  find: (ids: readonly string[]) => Promise<readonly XrefRecord[]>,
  wanted: Import,
): Promise<CrossReferenceImport> {
  return report(wanted, async (rows) => {
    const records = [...(await find(rows.flatMap(({ ids }) => ids.map(({ id }) => id))))];
    const outcomes: Outcome[] = [];
    for (const row of rows) {
      const ids = idsOf(row, wanted);
      const mine = records.filter((record) => ids.some((id) => lists(record, id)));
      outcomes.push(
        await outcomeOf(row, async () => {
          const [first = { recordId: '', entity: wanted.entity, ids: [], reservations: [] }, ...others] = mine;
          const whole = others.reduce((all, one) => united(all, one, wanted), first);
          const next = ids.reduce((all, id) => withId(all, id, wanted), whole);
          // The lines that follow see it.
          for (const one of mine) records.splice(records.indexOf(one), 1);
          records.push(next);
          return next !== first;
        }),
      );
    }
    return outcomes;
  });
}

async function outcomeOf({ line, ids }: TableRow, link: () => Promise<boolean>): Promise<Outcome> {
  try {
    return (await link()) ? 'linked' : 'unchanged';
  } catch (error) {
    if (!isFlowError(error, 'DATA_XREF_CONFLICT')) throw error;
    const column = ids.find(({ system }) => system === error.details.system)?.system;
    return { line, ...(column === undefined ? {} : { column }), message: error.message };
  }
}

async function report(
  { csv }: Import,
  perform: (rows: readonly TableRow[]) => Promise<readonly Outcome[]>,
): Promise<CrossReferenceImport> {
  const { rows, problems } = readTable(csv);
  const outcomes = await perform(rows);
  const refused = outcomes.filter((one): one is TableProblem => typeof one === 'object');
  return {
    lines: rows.length,
    linked: outcomes.filter((one) => one === 'linked').length,
    unchanged: outcomes.filter((one) => one === 'unchanged').length,
    problems: [...problems, ...refused].toSorted((a, b) => a.line - b.line),
  };
}

/** Name and key fields belong to the thing: each of its ids has them. */
const idsOf = ({ ids, name, fields }: TableRow, { by, at }: Import): LinkedId[] =>
  ids.map((id) => ({
    ...{ ...id, origin: 'import', by, at },
    ...(name === undefined ? {} : { name }),
    ...(Object.keys(fields).length === 0 ? {} : { fields }),
  }));
