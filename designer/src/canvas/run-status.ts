import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleMinus,
  IconCircleXFilled,
  IconClockPause,
  IconFlask,
  IconLoader2,
  type TablerIcon,
} from '@tabler/icons-react';
import type { SpanStatus } from './canvas-types.ts';

/** Icon and tone of each status that a node can have in an execution; its word is in the texts. */
export const RUN_STATUS: Readonly<Record<SpanStatus, { icon: TablerIcon; tone: string }>> = {
  running: { icon: IconLoader2, tone: 'blue' },
  succeeded: { icon: IconCircleCheckFilled, tone: 'green' },
  failed: { icon: IconCircleXFilled, tone: 'red' },
  waiting: { icon: IconClockPause, tone: 'amber' },
  interrupted: { icon: IconAlertTriangleFilled, tone: 'amber' },
  cancelled: { icon: IconCircleMinus, tone: 'grey' },
  simulated: { icon: IconFlask, tone: 'violet' },
};
