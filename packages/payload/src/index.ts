export { type ParseLimits, parsePayload } from './parse-payload.ts';
