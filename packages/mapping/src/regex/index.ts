export { type CompiledRegex, compileRegex, type RegexMatch, type RegexProblem, regexProblem } from './compile-regex.ts';
export { LinearRegex } from './linear-regex.ts';
