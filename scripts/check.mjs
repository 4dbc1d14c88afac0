// `pnpm check`: the loop while coding.
import { checks, runSteps } from './steps.mjs';

await runSteps(checks);
