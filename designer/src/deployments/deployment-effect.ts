import { deploymentTexts } from '../texts/index.ts';

const t = deploymentTexts.deploy;

/** What deploying a revision does where `current` runs (or nothing does), in words, with the verb of the button. */
export function deploymentEffect({
  revision,
  current,
  flowName,
  env,
}: {
  revision: number;
  current: number | undefined;
  flowName: string;
  env: string;
}): { changes: boolean; verb: string; sentence: string } {
  if (current === undefined)
    return { changes: true, verb: t.verb(revision), sentence: t.first(revision, flowName, env) };
  if (revision === current) return { changes: false, verb: t.verb(revision), sentence: t.same };
  return revision > current
    ? { changes: true, verb: t.verb(revision), sentence: t.replaces(revision, current, flowName, env) }
    : { changes: true, verb: t.rollBackVerb(revision), sentence: t.rollsBack(revision, current, flowName, env) };
}
