// `npm test`: every check and test; `npm test -- unit e2e` runs the steps whose names hold those words.
import { everything, runSteps } from './steps.mjs';

const words = process.argv.slice(2);
await runSteps(
  words.length === 0 ? everything : everything.filter(({ name }) => words.some((word) => name.includes(word))),
);
