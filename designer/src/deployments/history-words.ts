import type { Deployment } from '@crossdock/api-contract';
import { deploymentTexts } from '../texts/index.ts';

const t = deploymentTexts.history;

/** How a deployment came about. */
export function actionInWords({ action, from }: Pick<Deployment, 'action' | 'from'>): string {
  return action === 'promote' ? t.actions.promote(from ?? '') : t.actions[action];
}

/** The revision with the one that it followed: `r1 → r2`. */
export function revisionInWords({ revision, since }: Pick<Deployment, 'revision' | 'since'>): string {
  return since === undefined ? `r${revision}` : `r${since} → r${revision}`;
}

/** What became of a deployment; nothing of the entry that tells its end. */
export const stateInWords = ({ status, action }: Pick<Deployment, 'status' | 'action'>): string =>
  action === 'undeploy' ? '' : t.states[status];
