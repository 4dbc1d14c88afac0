import { Button, Group } from '@mantine/core';
import { usePreferences } from '../../api/index.ts';
import { helpTexts } from '../../texts/index.ts';
import { Dialog } from '../../ui/index.ts';
import { endTour, startTour } from './tour-state.ts';

const texts = helpTexts.tour;

/** On a person's first visit: an offer to be shown around, made once. */
export function FirstVisit() {
  const isNew = usePreferences()?.tourSeen === false;
  return (
    <Dialog opened={isNew} onClose={endTour} title={texts.welcome} centered size={440}>
      <p>{texts.offer}</p>
      <Group justify="flex-end" gap={8} mt={16}>
        <Button variant="default" onClick={endTour}>
          {texts.decline}
        </Button>
        <Button onClick={startTour} data-autofocus>
          {texts.start}
        </Button>
      </Group>
    </Dialog>
  );
}
