/** What an argument mostly is; `any` stands in for each now and then. */
export type Kind =
  | ('number' | 'string' | 'boolean' | 'array' | 'object' | 'fn' | 'any' | 'comparator' | 'pattern' | 'regex')
  | ('replacement' | 'numberPicture' | 'integerPicture' | 'datePicture' | 'zone' | 'source');

type Call = readonly [name: string, ...args: Kind[]];

/** Calls of the built-in functions by what they give. */
export const CALLS: Readonly<Record<'number' | 'string' | 'boolean' | 'array' | 'object' | 'any', readonly Call[]>> = {
  number: [
    ['$sum', 'array'],
    ['$count', 'array'],
    ['$max', 'array'],
    ['$min', 'array'],
    ['$average', 'array'],
    ['$length', 'string'],
    ['$number', 'string'],
    ['$number', 'any'],
    ['$abs', 'number'],
    ['$floor', 'number'],
    ['$ceil', 'number'],
    ['$round', 'number'],
    ['$round', 'number', 'number'],
    ['$power', 'number', 'number'],
    ['$sqrt', 'number'],
    ['$parseInteger', 'string', 'integerPicture'],
    ['$toMillis', 'string'],
    ['$toMillis', 'string', 'datePicture'],
    ['$reduce', 'array', 'fn', 'number'],
  ],
  string: [
    ['$string', 'any'],
    ['$string', 'any', 'boolean'],
    ['$uppercase', 'string'],
    ['$lowercase', 'string'],
    ['$trim', 'string'],
    ['$substring', 'string', 'number'],
    ['$substring', 'string', 'number', 'number'],
    ['$substringBefore', 'string', 'string'],
    ['$substringAfter', 'string', 'string'],
    ['$pad', 'string', 'number'],
    ['$pad', 'string', 'number', 'string'],
    ['$join', 'array'],
    ['$join', 'array', 'string'],
    ['$replace', 'string', 'pattern', 'replacement'],
    ['$replace', 'string', 'pattern', 'replacement', 'number'],
    ['$formatNumber', 'number', 'numberPicture'],
    ['$formatNumber', 'number', 'numberPicture', 'object'],
    ['$formatBase', 'number', 'number'],
    ['$formatInteger', 'number', 'integerPicture'],
    ['$fromMillis', 'number'],
    ['$fromMillis', 'number', 'datePicture'],
    ['$fromMillis', 'number', 'datePicture', 'zone'],
    ['$base64encode', 'string'],
    ['$base64decode', 'string'],
    ['$encodeUrlComponent', 'string'],
    ['$encodeUrl', 'string'],
    ['$decodeUrlComponent', 'string'],
    ['$decodeUrl', 'string'],
    ['$type', 'any'],
  ],
  boolean: [
    ['$boolean', 'any'],
    ['$not', 'any'],
    ['$exists', 'any'],
    ['$contains', 'string', 'pattern'],
  ],
  array: [
    ['$map', 'array', 'fn'],
    ['$filter', 'array', 'fn'],
    ['$sort', 'array'],
    ['$sort', 'array', 'comparator'],
    ['$distinct', 'array'],
    ['$reverse', 'array'],
    ['$append', 'any', 'any'],
    ['$zip', 'array', 'array'],
    ['$zip', 'array'],
    ['$keys', 'object'],
    ['$keys', 'array'],
    ['$spread', 'object'],
    ['$each', 'object', 'fn'],
    ['$split', 'string', 'pattern'],
    ['$split', 'string', 'pattern', 'number'],
    ['$match', 'string', 'regex'],
    ['$match', 'string', 'regex', 'number'],
  ],
  object: [
    ['$merge', 'array'],
    ['$sift', 'object', 'fn'],
    ['$clone', 'object'],
    ['$single', 'array', 'fn'],
  ],
  any: [
    ['$lookup', 'object', 'string'],
    ['$lookup', 'array', 'string'],
    ['$reduce', 'array', 'fn'],
    ['$reduce', 'array', 'fn', 'any'],
    ['$single', 'array', 'fn'],
    ['$eval', 'source'],
    ['$eval', 'source', 'any'],
    ['$assert', 'boolean', 'string'],
    ['$error', 'string'],
    ['$type', 'any'],
    ['$x', 'any'],
    ['$f', 'any', 'any'],
  ],
};

/** Every built-in as a function value; those that depend on time and chance are left out. */
export const FUNCTION_NAMES: readonly string[] = [
  ...new Set(
    Object.values(CALLS)
      .flat()
      .map(([name]) => name),
  ),
].filter((name) => !['$x', '$f'].includes(name));
