import { executionTexts } from '../texts/index.ts';
import { PageBar } from '../ui/index.ts';

export function ExecutionListPage() {
  return <PageBar title={executionTexts.title} crumbs={[{ label: executionTexts.title }]} />;
}
