export { type SeedOptions, type SeedResult, seedFirstStart } from './seed.ts';
