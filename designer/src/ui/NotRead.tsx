import { IconFileUnknown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ApiError } from '../api/index.ts';
import { EmptyState } from './EmptyState.tsx';
import { ErrorState } from './ErrorState.tsx';
import { Skeleton } from './Skeleton.tsx';

/** Stands on the page of one thing while it is not there: it is being read, does not exist, or was refused. */
export function NotRead({
  error,
  onRetry,
  missing,
}: {
  error: unknown;
  onRetry: () => void;
  /** What is said where it does not exist; its action leads to where others are. */
  missing: { title: string; detail: string; action: ReactNode };
}) {
  if (!error) return <Skeleton rows={12} />;
  if (error instanceof ApiError && error.status === 404) return <EmptyState icon={IconFileUnknown} {...missing} />;
  return <ErrorState error={error} onRetry={onRetry} />;
}
