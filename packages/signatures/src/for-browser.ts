export { carrierOf, type HookConfig, hookCurl, schemeOf } from './hook-curl.ts';
export {
  DEFAULT_TOLERANCE_S,
  factsOf,
  SCHEME_NAMES,
  SCHEMES,
  type Scheme,
  type SchemeFacts,
} from './schemes.ts';
