/** What other parts of the designer use of deployments. */
export { DeployDialog } from './DeployDialog.tsx';
