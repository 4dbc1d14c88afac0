export type { Edit, Finding, FindingCode, Fix } from './finding.ts';
export { lintMapping } from './lint-mapping.ts';
export { mappingFaults } from './mapping-faults.ts';
