import { FlowError } from '@crossdock/errors';
import { fieldOn } from '../client/dialect.ts';
import type { FieldInfo, ModelFields } from '../client/model-fields.ts';
import { encoded } from '../values/odoo-values.ts';
import type { FindByKey } from './record-keys.ts';

type Values = Readonly<Record<string, unknown>>;
/** A row of the table by its columns. */
type Row = Record<string, unknown>;

/** What `load` takes: the first row has the record and its first line, the others a line each. */
export interface LoadTable {
  readonly fields: readonly string[];
  readonly data: readonly (readonly unknown[])[];
}

/** What is asked of the server meanwhile; `remote` names it in errors. */
export interface TableMaker {
  readonly remote: string;
  readonly find: FindByKey;
  fieldsOf(serverModel: string): Promise<ModelFields>;
}

const LINE_KEY = /^[A-Za-z0-9_-]+$/;

/**
 * A record as the table that `load` imports. Throws `CONFIG_ODOO_CALL` for a field that the model lacks, `CONFIG_INVALID` for a value that the
 * field cannot take, `DATA_ODOO_KEY`.
 */
export async function loadTable(
  {
    model,
    serverModel,
    externalId,
    values,
  }: { model: string; serverModel: string; externalId: string; values: Values },
  maker: TableMaker,
): Promise<LoadTable> {
  const rows: Row[] = [{ id: externalId }];
  const fields = await maker.fieldsOf(serverModel);
  for (const [name, value] of Object.entries(values)) {
    const column = fieldOn(fields, model, name);
    const info = known(fields[column], { model, name, remote: maker.remote });
    if (info.type !== 'one2many') Object.assign(rows[0] ?? {}, await cell(column, info, value, { model, maker }));
    else rows.push(...(await lineRows({ column, model: info.relation ?? '', externalId, lines: value }, maker)));
  }
  const [head = {}, ...lines] = rows;
  const [first = {}, ...others] = lines;
  const table = [{ ...head, ...first }, ...others];
  const columns = [...new Set(table.flatMap((row) => Object.keys(row)))];
  return { fields: columns, data: table.map((row) => columns.map((column) => row[column] ?? false)) };
}

async function lineRows(
  { column, model, externalId, lines }: { column: string; model: string; externalId: string; lines: unknown },
  maker: TableMaker,
): Promise<Row[]> {
  const fields = await maker.fieldsOf(model);
  const rows: Row[] = [];
  for (const line of Array.isArray(lines) ? lines : []) {
    const { key, ...values } = (line ?? {}) as { key?: unknown };
    if (typeof key !== 'string' || !LINE_KEY.test(key))
      throw invalid(`line ${rows.length + 1} of "${column}"`, 'its "key" must be a text of letters, digits, _ and -');
    const row: Row = { [`${column}/id`]: `${externalId}_${column}_${key}` };
    for (const [name, value] of Object.entries(values)) {
      const own = fieldOn(fields, model, name);
      const cells = await cell(own, known(fields[own], { model, name, remote: maker.remote }), value, { model, maker });
      for (const [at, one] of Object.entries(cells)) row[`${column}/${at}`] = one;
    }
    rows.push(row);
  }
  return rows;
}

/** A value in its column. `load` takes true for a text, and what is false, 0 or empty for the field's own nothing. */
async function cell(
  column: string,
  { type, relation = '' }: FieldInfo,
  value: unknown,
  { model, maker }: { model: string; maker: TableMaker },
): Promise<Row> {
  if (type === 'one2many') throw invalid(`"${column}" of ${model}`, 'lines of lines cannot be written at once');
  if (type === 'many2many') return { [`${column}/.id`]: Array.isArray(value) ? value.join(',') : false };
  if (type !== 'many2one') return { [column]: value === true ? '1' : encoded(value, type) };
  if (value === null || typeof value === 'number') return { [`${column}/.id`]: value ?? false };
  if (typeof value !== 'object' || Array.isArray(value) || Object.keys(value).length === 0)
    throw invalid(`"${column}" of ${model}`, 'must be an id or an object such as {"ref": "C-1"}');
  return { [`${column}/.id`]: await maker.find(relation, value as Values) };
}

function known(info: FieldInfo | undefined, on: { model: string; name: string; remote: string }): FieldInfo {
  if (info !== undefined) return info;
  const { model, name, remote } = on;
  const reason = `${model} has no field "${name}", or the user may not see it`;
  throw new FlowError('CONFIG_ODOO_CALL', { details: { remote, call: `${model}/load`, reason } });
}

const invalid = (what: string, reason: string): FlowError =>
  new FlowError('CONFIG_INVALID', { details: { what, reason } });
