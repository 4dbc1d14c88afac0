export { type CompiledRegex, compileRegex, type RegexMatch, regexProblem } from './compile-regex.ts';
export { LinearRegex } from './linear-regex.ts';
export { patternFinds } from './pattern-finds.ts';
export type { RegexProblem } from './regex-problem.ts';
