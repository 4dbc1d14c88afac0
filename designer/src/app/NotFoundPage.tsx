import { Button } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { appTexts } from '../texts/index.ts';
import { EmptyState } from '../ui/index.ts';

export function NotFoundPage() {
  const { pathname } = useLocation();
  return (
    <EmptyState
      heading="h1"
      icon={IconMapQuestion}
      title={appTexts.notFound.title}
      detail={appTexts.notFound.detail(pathname)}
      action={
        <Button component={Link} to="/flows">
          {appTexts.notFound.action}
        </Button>
      }
    />
  );
}
