import type { Deployment, Environment, FlowRow } from '@crossdock/api-contract';
import { deploymentTexts } from '../texts/index.ts';
import { notifyDone } from '../ui/index.ts';
import { DeployDialog } from './DeployDialog.tsx';
import { PromoteDialog } from './PromoteDialog.tsx';
import { RollbackDialog } from './RollbackDialog.tsx';

/** A change of what runs of a flow in an environment, that a person is about to make. */
export type Move = { flow: FlowRow; environment: Environment } & (
  | { kind: 'deploy' }
  | { kind: 'promote'; source: Deployment; current: number | undefined }
  | { kind: 'rollback'; current: number | undefined; rollbackTo: number }
);

/** The dialog of a move; says what was done and closes. */
export function MoveDialog({ move, onClose }: { move: Move; onClose: () => void }) {
  const { flow, environment } = move;
  const shared = {
    flowName: flow.name,
    environment,
    onDone: (deployment: Deployment) => {
      notifyDone(deploymentTexts.deploy.done(flow.name, deployment.revision, deployment.env));
      onClose();
    },
    onClose,
  };
  switch (move.kind) {
    case 'deploy':
      return <DeployDialog flowId={flow.id} {...shared} />;
    case 'promote':
      return <PromoteDialog source={move.source} current={move.current} {...shared} />;
    case 'rollback':
      return <RollbackDialog flowId={flow.id} current={move.current} rollbackTo={move.rollbackTo} {...shared} />;
  }
}
