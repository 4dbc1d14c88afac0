import { useQueryClient } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { followStream } from '../api/index.ts';
import { PaletteButton, PaletteHost } from '../commands/index.ts';
import { HelpHost, HelpMenu } from '../help/index.ts';
import { JobsMenu } from '../jobs/JobsMenu.tsx';
import { appTexts } from '../texts/index.ts';
import { PageSlots } from '../ui/index.ts';
import { ConnectionNotice } from './ConnectionNotice.tsx';
import { EnvironmentPicker } from './EnvironmentPicker.tsx';
import classes from './Frame.module.css';
import { PersonMenu } from './PersonMenu.tsx';
import { Rail } from './Rail.tsx';
import { useBarRoom } from './use-bar-room.ts';
import { useOwnColorScheme } from './use-color-scheme.ts';
import { useEnvironment } from './use-environment.ts';

/** What surrounds every page: rail, top bar with the environment's edge, search, live connection. */
export function Frame() {
  const client = useQueryClient();
  const { environment } = useEnvironment();
  const [trail, setTrail] = useState<HTMLElement | null>(null);
  const [actions, setActions] = useState<HTMLElement | null>(null);
  const slots = useMemo(() => ({ trail, actions }), [trail, actions]);
  useEffect(() => followStream(client), [client]);
  useOwnColorScheme();
  const bar = useRef<HTMLElement>(null);
  useBarRoom(bar);
  return (
    <div className={classes.frame}>
      <a href="#content" className={classes.skip}>
        {appTexts.skipToContent}
      </a>
      <Rail />
      <header ref={bar} className={classes.bar} data-tone={environment.tone}>
        <nav className={classes.trail} aria-label={appTexts.topBar.trail} ref={setTrail} />
        <div className={classes.actions} data-tour="actions" ref={setActions} />
        <JobsMenu />
        <PaletteButton />
        <EnvironmentPicker />
        <HelpMenu />
        <PersonMenu />
      </header>
      <main id="content" className={classes.content} data-tour="content" tabIndex={-1}>
        <ConnectionNotice />
        <PageSlots value={slots}>
          <Outlet />
        </PageSlots>
      </main>
      <PaletteHost />
      <HelpHost />
    </div>
  );
}
