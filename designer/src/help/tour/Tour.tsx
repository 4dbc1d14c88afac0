import { Button, FocusTrap, Portal } from '@mantine/core';
import { useElementSize, useViewportSize } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useId } from 'react';
import { useFlows, useMay } from '../../api/index.ts';
import { helpTexts } from '../../texts/index.ts';
import { FocusBack } from '../../ui/index.ts';
import { placeCard } from './place-card.ts';
import { type TourPlace, type TourStep, tourSteps } from './steps.ts';
import classes from './Tour.module.css';
import { endTour, useTour } from './tour-state.ts';
import { useTarget } from './use-target.ts';

const texts = helpTexts.tour;
/** The flow that a first start deploys; without it any other shows the editor as well. */
const DEMO_FLOW = 'shop-order-to-erp';
const CARD_WIDTH = 340;
const PADDING = 16;

/** The tour: a card beside each part of the product it tells about, which is lit meanwhile. Escape ends it, arrows go on and back. */
export function Tour() {
  const at = useTour((state) => state.at) ?? 0;
  const flows = useFlows();
  const mayDraw = useMay('flows:write');
  const flowId = (flows.data?.find(({ id }) => id === DEMO_FLOW) ?? flows.data?.[0])?.id;
  if (flows.isPending) return null;
  const steps = tourSteps({ flow: flowId !== undefined, mayDraw });
  const step = steps[Math.min(at, steps.length - 1)];
  if (!step) return null;
  return (
    <>
      <FocusBack />
      <Step key={step.id} step={step} at={at} of={steps.length} flowId={flowId} />
    </>
  );
}

function Step({ step, at, of, flowId }: { step: TourStep; at: number; of: number; flowId: string | undefined }) {
  useGoTo(step.place, flowId);
  const { box, isLooking } = useTarget(step.target);
  const view = useViewportSize();
  const card = useElementSize();
  const titleId = useId();
  const textId = useId();

  const isLast = at === of - 1;
  const next = () => (isLast ? endTour() : useTour.setState({ at: at + 1 }));
  const back = () => useTour.setState({ at: Math.max(0, at - 1) });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') endTour();
    else if (event.key === 'ArrowRight') next();
    else if (event.key === 'ArrowLeft') back();
    else return;
    event.stopPropagation();
  };
  const size = { width: CARD_WIDTH, height: card.height + 2 * PADDING };
  return (
    <Portal>
      <div className={classes.veil} data-lit={box !== undefined} aria-hidden />
      {box ? <div className={classes.lit} style={box} aria-hidden /> : null}
      <FocusTrap active>
        <div
          className={classes.card}
          role="dialog"
          aria-modal="true"
          aria-labelledby={titleId}
          aria-describedby={textId}
          style={{ width: CARD_WIDTH, padding: PADDING, ...placeCard(box, size, view) }}
          data-waiting={isLooking}
          onKeyDown={onKeyDown}
        >
          <div ref={card.ref}>
            <span className={classes.count}>{texts.count(at + 1, of)}</span>
            <h2 id={titleId}>{texts.steps[step.id].title}</h2>
            <p id={textId}>{texts.steps[step.id].text}</p>
            <div className={classes.foot}>
              {isLast ? null : (
                <Button variant="subtle" color="gray" size="xs" onClick={endTour}>
                  {texts.skip}
                </Button>
              )}
              <span className={classes.gap} />
              {at > 0 ? (
                <Button variant="default" size="xs" onClick={back}>
                  {texts.back}
                </Button>
              ) : null}
              <Button size="xs" onClick={next} data-autofocus>
                {isLast ? texts.done : texts.next}
              </Button>
            </div>
          </div>
        </div>
      </FocusTrap>
    </Portal>
  );
}

function useGoTo(place: TourPlace, flowId: string | undefined): void {
  const navigate = useNavigate();
  useEffect(() => {
    if (place === 'flow' && flowId !== undefined) void navigate({ to: '/flows/$flowId', params: { flowId } });
    else if (place === 'executions') void navigate({ to: '/executions' });
    else if (place === 'exceptions') void navigate({ to: '/exceptions' });
  }, [place, flowId, navigate]);
}
