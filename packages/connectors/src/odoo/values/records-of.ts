/** The records of what a node of Odoo gives; undefined for something else. */
export function recordsOf(output: unknown): Readonly<Record<string, unknown>>[] | undefined {
  const { records } = (output ?? {}) as { records?: unknown };
  if (!Array.isArray(records)) return undefined;
  const areObjects = records.every((one) => typeof one === 'object' && one !== null && !Array.isArray(one));
  return areObjects ? records : undefined;
}
