/** The palette group of ids that systems have for one thing. */
export const XREF = 'Cross-references';
