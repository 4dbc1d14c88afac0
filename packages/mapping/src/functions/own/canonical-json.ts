import { isFunctionValue } from '../../run/function-value.ts';
import type { Run } from '../../run.ts';

/** JSON in which the order of keys does not show, as RFC 8785 writes it: equal data gives equal text. Functions count as missing. */
export function canonicalJson(run: Run, value: unknown): string {
  if (Array.isArray(value)) {
    run.spend(value.length);
    return counted(run, `[${value.map((item) => (isData(item) ? canonicalJson(run, item) : 'null')).join()}]`);
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields: string[] = [];
  for (const key of Object.keys(value).sort()) {
    run.spend(1);
    const field = (value as Record<string, unknown>)[key];
    if (isData(field)) fields.push(`${JSON.stringify(key)}:${canonicalJson(run, field)}`);
  }
  return counted(run, `{${fields.join()}}`);
}

const isData = (value: unknown): boolean => value !== undefined && !isFunctionValue(value);

function counted(run: Run, text: string): string {
  run.checkString(text.length);
  run.spend(text.length / 100);
  return text;
}
