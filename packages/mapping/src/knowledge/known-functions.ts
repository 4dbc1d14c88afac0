/** A built-in function as editor and lint see it. */
export interface KnownFunction {
  /** Without `$`. */
  readonly name: string;
  readonly params: readonly KnownParameter[];
  /** A type as in `string`, `number[]`, `any`. */
  readonly result: string;
  readonly description: string;
  readonly examples: readonly { readonly source: string; readonly result?: string }[];
}

export interface KnownParameter {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  /** Left out, the context value is taken. */
  readonly takesContext?: boolean;
  /** Any number of arguments may follow. */
  readonly repeats?: boolean;
  readonly description?: string;
}

const ROWS = `
string(-value: any, prettify?: boolean): string | The value as a string.
length(-string: string): number | Number of characters.
substring(-string: string, start: number, length?: number): string | Part of a string; start counts from 0.
substringBefore(-string: string, chars: string): string | What stands before chars.
substringAfter(-string: string, chars: string): string | What stands after chars.
uppercase(-string: string): string | In capital letters.
lowercase(-string: string): string | In small letters.
trim(-string: string): string | Without surrounding blanks; inner blanks become one.
pad(-string: string, width: number, char?: string): string | Padded to a width; a negative width pads on the left.
contains(-string: string, pattern: any): boolean | True when the pattern is found.
split(-string: string, separator: any, limit?: number): string[] | An array of the parts.
join(array: string[], separator?: string): string | The strings of an array, joined.
match(-string: string, pattern: function, limit?: number): object[] | All matches of a regular expression.
replace(-string: string, pattern: any, replacement: any, limit?: number): string | The string with matches replaced.
eval(expression: string, context?: any): any | Evaluates a string as JSONata.
base64encode(-string: string): string | Base 64 of a string.
base64decode(-string: string): string | The string of base 64.
encodeUrlComponent(-string: string): string | Escaped for a part of a URL.
encodeUrl(-string: string): string | Escaped as a whole URL.
decodeUrlComponent(-string: string): string | Unescaped part of a URL.
decodeUrl(-string: string): string | Unescaped URL.
number(-value: any): number | A number from a string or boolean.
abs(-number: number): number | Without its sign.
floor(-number: number): number | Rounded down.
ceil(-number: number): number | Rounded up.
round(-number: number, precision?: number): number | Rounded, halves to even.
power(-base: number, exponent: number): number | Base to the power of exponent.
sqrt(-number: number): number | Square root.
random(): number | A number from 0 up to 1.
formatNumber(-number: number, picture: string, options?: object): string | A number as text by an XPath picture, such as "#,##0.00".
formatBase(-number: number, radix?: number): string | A number in another base.
formatInteger(-number: number, picture: string): string | An integer as words or digits.
parseInteger(-string: string, picture: string): number | An integer from text.
sum(numbers: number[]): number | Sum of an array.
max(numbers: number[]): number | Largest of an array.
min(numbers: number[]): number | Smallest of an array.
average(numbers: number[]): number | Mean of an array.
boolean(-value: any): boolean | True unless the value is empty, zero, null or nothing.
not(-value: any): boolean | The opposite of its boolean.
exists(value: any): boolean | True when the expression gives something.
count(array: any[]): number | Number of elements.
append(first: any, second: any): any[] | One array of both.
sort(array: any[], comparator?: function): any[] | Sorted; the comparator says when its two are in the wrong order.
reverse(array: any[]): any[] | In reverse order.
shuffle(array: any[]): any[] | In random order.
distinct(array: any): any | Without duplicates.
zip(arrays+: any[]): any[] | Elements of several arrays, side by side.
keys(-object: object): string[] | Names of the fields.
lookup(-object: object, key: string): any | The value of a field.
spread(-object: object): object[] | One object for each field.
merge(objects: object[]): object | One object of all fields; later ones win.
sift(-object: object, function?: function): object | The fields for which the function gives true.
each(-object: object, function: function): any[] | The function applied to each field.
error(message?: string): any | Fails with a message.
assert(condition: boolean, message?: string): any | Fails unless the condition holds.
type(value: any): string | The name of the type.
map(array: any[], function: function): any[] | The function applied to each element.
filter(array: any[], function: function): any[] | The elements for which the function gives true.
single(array: any[], function?: function): any | The one element for which the function gives true.
reduce(array: any[], function: function, init?: any): any | All elements combined, two at a time.
now(picture?: string, timezone?: string): string | The time of this evaluation, as ISO 8601.
millis(): number | The time of this evaluation, in milliseconds since 1970.
fromMillis(-number: number, picture?: string, timezone?: string): string | A time as text.
toMillis(-string: string, picture?: string): number | A time from text.
clone(-value: any): any | A copy.
`;

/** The functions that every mapping may call, by name without `$`. */
export const KNOWN_FUNCTIONS: ReadonlyMap<string, KnownFunction> = new Map(
  ROWS.trim()
    .split('\n')
    .map((row) => {
      const [, name = '', params = '', result = '', description = ''] =
        /^(\w+)\((.*?)\): (\S+) \| (.*)$/.exec(row) ?? [];
      return [name, { name, params: paramsOf(params), result, description, examples: [] }];
    }),
);

function paramsOf(text: string): KnownParameter[] {
  return text === ''
    ? []
    : text.split(', ').map((param) => {
        const [, context, name = '', mark, type = 'any'] = /^(-?)(\w+)([?+]?): (.*)$/.exec(param) ?? [];
        return {
          name,
          type,
          optional: mark === '?',
          ...(context ? { takesContext: true } : {}),
          ...(mark === '+' ? { repeats: true } : {}),
        };
      });
}
