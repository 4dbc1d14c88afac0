import { lazy, Suspense } from 'react';
import { useHelp } from './help-state.ts';
import { FirstVisit } from './tour/FirstVisit.tsx';
import { useTour } from './tour/tour-state.ts';

const HelpDrawer = lazy(async () => ({ default: (await import('./HelpDrawer.tsx')).HelpDrawer }));
const Tour = lazy(async () => ({ default: (await import('./tour/Tour.tsx')).Tour }));

/** Where help and tour appear, on every page; their code comes when they are first wanted. */
export function HelpHost() {
  const isHelping = useHelp(({ topic }) => topic !== undefined);
  const isTouring = useTour(({ at }) => at !== undefined);
  return (
    <Suspense>
      {isHelping ? <HelpDrawer /> : null}
      {isTouring ? <Tour /> : <FirstVisit />}
    </Suspense>
  );
}
