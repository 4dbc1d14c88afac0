import { Button, Group } from '@mantine/core';
import { helpTexts } from '../../texts/index.ts';
import { Dialog } from '../../ui/index.ts';
import { endTour, startTour, useTour } from './tour-state.ts';

const texts = helpTexts.tour;

/** On the first visit in this browser: an offer to be shown around, made once. */
export function FirstVisit() {
  const isNew = useTour((state) => state.isNew);
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
