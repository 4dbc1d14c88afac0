/** What people and the editor are told of one function; written once, here. */
export interface FunctionEntry {
  /** Without `$`. */
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  readonly params: readonly ParameterEntry[];
  /** A type, such as `string`, `number[]`, `any`. */
  readonly result: string;
  readonly examples: readonly FunctionExample[];
}

export interface ParameterEntry {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  /** Left out, the context value is taken. */
  readonly takesContext?: boolean;
  /** Any number of arguments may follow. */
  readonly repeats?: boolean;
  readonly description?: string;
}

export interface FunctionExample {
  readonly expression: string;
  readonly input?: unknown;
  /** What it gives, as JSON; undefined for nothing. */
  readonly result?: unknown;
  /** The code that it fails with instead. */
  readonly fails?: string;
}

type Descriptions = Readonly<Record<string, string>>;

/**
 * An entry from its signature: `name(-first: type, second?: type, rest+: type): result`, where `-` stands for the context value, `?` for an
 * argument that may be left out, and `+` for one or more.
 */
export function entry(
  signature: string,
  description: string,
  params: Descriptions,
  ...examples: readonly FunctionExample[]
): FunctionEntry {
  const [, name = '', list = '', result = ''] = /^(\w+)\((.*)\): (\S+)$/.exec(signature) ?? [];
  return {
    name,
    description,
    params: list === '' ? [] : list.split(', ').map((text) => parameterOf(text, params)),
    result,
    examples,
  };
}

function parameterOf(text: string, descriptions: Descriptions): ParameterEntry {
  const [, context, name = '', mark, type = ''] = /^(-?)(\w+)([?+]?): (\S+)$/.exec(text) ?? [];
  const description = descriptions[name];
  return {
    ...{ name, type, optional: mark === '?' },
    ...(context ? { takesContext: true } : {}),
    ...(mark === '+' ? { repeats: true } : {}),
    ...(description === undefined ? {} : { description }),
  };
}

/** An example of an expression that needs no input. */
export const gives = (expression: string, result: unknown): FunctionExample => ({ expression, result });

export const givesFor = (input: unknown, expression: string, result: unknown): FunctionExample => ({
  ...{ expression, input, result },
});

export const failsWith = (expression: string, code: string): FunctionExample => ({ expression, fails: code });
