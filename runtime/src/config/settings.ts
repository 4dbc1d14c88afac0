import type { Kind } from './kinds.ts';
import { nearest } from './nearest.ts';

/** One setting: its variable (the flag is made from it), what it takes, its default as text, its help line. */
export interface Setting<T = unknown> {
  readonly variable: `${'CROSSDOCK' | 'OTEL'}_${string}`;
  readonly take: Kind<T>;
  readonly fallback?: string;
  /** A wrong value is not printed. */
  readonly secret?: boolean;
  readonly help: string;
}

export type SettingTable = Readonly<Record<string, Setting>>;

/** The typed values of a table; those without a default may be undefined. */
export type ValuesOf<T extends SettingTable> = {
  [K in keyof T]: T[K] extends { take: Kind<infer V> }
    ? T[K] extends { fallback: string }
      ? V
      : V | undefined
    : never;
};

export type SourceReading<T extends SettingTable> =
  | { readonly values: ValuesOf<T>; readonly warnings: readonly string[] }
  | { readonly problems: readonly string[] }
  | { readonly help: string };

interface Given {
  /** The variable or flag, as the person wrote it. */
  readonly name: string;
  readonly text: string;
}

/** `CROSSDOCK_DATA_DIR` → `--data-dir`, `OTEL_SERVICE_NAME` → `--otel-service-name`. */
export function flagOf(setting: Setting): string {
  return `--${setting.variable
    .replace(/^CROSSDOCK_/, '')
    .toLowerCase()
    .replaceAll('_', '-')}`;
}

/** Reads every setting of `table`; a flag wins over its variable, an empty variable counts as not set. */
export function readSources<const T extends SettingTable>(
  table: T,
  env: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
): SourceReading<T> {
  if (argv.includes('--help') || argv.includes('-h')) return { help: helpOf(table) };
  const { flags, problems } = readFlags(table, argv);
  const values: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(table)) {
    const given = flags.get(setting.variable) ?? fromEnvironment(setting, env);
    if (given) {
      values[key] = setting.take.read(given.text);
      if (values[key] === undefined) problems.push(wrongValue(setting, given));
    } else if (setting.fallback !== undefined) {
      values[key] = setting.take.read(setting.fallback);
    }
  }
  return problems.length > 0 ? { problems } : { values: values as ValuesOf<T>, warnings: unknownVariables(table, env) };
}

function readFlags(table: SettingTable, argv: readonly string[]) {
  const byFlag = new Map(Object.values(table).map((setting) => [flagOf(setting), setting]));
  const flags = new Map<string, Given>();
  const problems: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    const [name = '', inline] = splitOnce(word, '=');
    const setting = byFlag.get(name);
    if (!setting) {
      problems.push(unknownWord(name, [...byFlag.keys()]));
      if (inline === undefined && name.startsWith('--') && argv[at + 1]?.startsWith('-') === false) at++;
      continue;
    }
    const text = inline ?? argv[++at];
    if (text === undefined) problems.push(`${name} needs a value: ${setting.take.allowed}`);
    else flags.set(setting.variable, { name, text });
  }
  return { flags, problems };
}

function fromEnvironment(setting: Setting, env: Readonly<Record<string, string | undefined>>): Given | undefined {
  const text = env[setting.variable];
  return text === undefined || text === '' ? undefined : { name: setting.variable, text };
}

/** A misspelt variable would otherwise be ignored in silence; other programs may have variables of this prefix too. */
function unknownVariables(table: SettingTable, env: Readonly<Record<string, string | undefined>>): string[] {
  const known = Object.values(table).map(({ variable }) => variable as string);
  return Object.keys(env)
    .filter((name) => name.startsWith('CROSSDOCK_') && !known.includes(name))
    .map((name) => unknownWord(name, known));
}

function unknownWord(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return `${word} is not known${near ? `; did you mean ${near}?` : ''} (--help lists all)`;
}

function wrongValue(setting: Setting, { name, text }: Given): string {
  const shown = setting.secret ? `a value of ${text.length} characters (not shown)` : `"${withoutPassword(text)}"`;
  return `${name} is ${shown}; allowed: ${setting.take.allowed}`;
}

function withoutPassword(text: string): string {
  return text.replace(/\/\/[^@/]*@/g, '//…@');
}

function helpOf(table: SettingTable): string {
  const rows = Object.values(table).map((setting) => {
    const standard = setting.fallback ? ` (default ${setting.fallback})` : '';
    return `  ${flagOf(setting).padEnd(22)} ${setting.variable.padEnd(30)} ${setting.help}${standard}\n${' '.repeat(56)}${setting.take.allowed}`;
  });
  return [
    'Usage: npm start -- [flags]',
    '',
    'Each flag has a variable of the same meaning; flags win.',
    '',
    ...rows,
  ].join('\n');
}

function splitOnce(word: string, separator: string): [string, string | undefined] {
  const at = word.indexOf(separator);
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}
