import { deploymentTexts } from '../texts/index.ts';
import { PageBar } from '../ui/index.ts';

export function DeploymentsPage() {
  return <PageBar title={deploymentTexts.title} crumbs={[{ label: deploymentTexts.title }]} />;
}
