export { type BlobPayload, isTextType, toBlobPayload } from './blob-payload.ts';
export { isExactNumber } from './exact-number.ts';
export { applyMask, checkMaskPath, collectMasked, compileMask, type Mask } from './mask.ts';
export { type MaskedPlace, maskedPlaces } from './masked-places.ts';
export { type ParseLimits, parsePayload, type ReadPayload, readPayload } from './parse-payload.ts';
export { sizeText } from './size-text.ts';
export { WrittenJson } from './written-json.ts';
