// `npm test`: every check and test; `npm test -- unit e2e` runs the steps whose names hold those words.
import { everything, runSteps } from './steps.mjs';

const words = process.argv.slice(2);
const all = everything.flatMap((step) => step.lanes?.flat() ?? [step]);
await runSteps(words.length === 0 ? everything : all.filter(({ name }) => words.some((word) => name.includes(word))));
