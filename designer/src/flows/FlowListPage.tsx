import { flowTexts } from '../texts/index.ts';
import { PageBar } from '../ui/index.ts';

export function FlowListPage() {
  return <PageBar title={flowTexts.title} crumbs={[{ label: flowTexts.title }]} />;
}
