import { appTexts } from '../texts/index.ts';
import { ErrorState } from '../ui/index.ts';

/** What stands where a page threw: the cause, and a way on. The rest of the frame keeps working. */
export function BrokenPage({ error }: { error: unknown }) {
  return (
    <ErrorState
      title={appTexts.broken.title}
      error={error}
      retryLabel={appTexts.broken.retry}
      onRetry={() => location.reload()}
    />
  );
}
