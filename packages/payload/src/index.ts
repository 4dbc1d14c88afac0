export { type BlobPayload, isTextType, toBlobPayload } from './blob-payload.ts';
export { isExactNumber } from './exact-number.ts';
export { applyMask, checkMaskPath, collectMasked, compileMask, type Mask } from './mask.ts';
export { type ParseLimits, parsePayload } from './parse-payload.ts';
