import type { ExecutionStatus, Span } from '@crossdock/api-contract';
import {
  IconArrowBackUp,
  IconBan,
  IconCircleCheck,
  IconCircleX,
  IconClockPause,
  IconFlask2,
  IconHelpHexagon,
  IconHourglass,
  IconLoader2,
  IconPlugX,
} from '@tabler/icons-react';

/** `queued`: accepted, and behind another with the same ordering key. */
export type AnyStatus = ExecutionStatus | Span['status'] | 'queued';
export type Tone = 'green' | 'blue' | 'amber' | 'red' | 'grey' | 'violet';

/** Each status has its icon and colour; its word is in the texts. Never colour alone. */
export const STATUS_LOOK: Readonly<Record<AnyStatus, { tone: Tone; Icon: typeof IconBan }>> = {
  queued: { tone: 'grey', Icon: IconHourglass },
  running: { tone: 'blue', Icon: IconLoader2 },
  waiting: { tone: 'amber', Icon: IconClockPause },
  'in-doubt': { tone: 'amber', Icon: IconHelpHexagon },
  succeeded: { tone: 'green', Icon: IconCircleCheck },
  failed: { tone: 'red', Icon: IconCircleX },
  cancelled: { tone: 'grey', Icon: IconBan },
  compensating: { tone: 'amber', Icon: IconArrowBackUp },
  compensated: { tone: 'grey', Icon: IconArrowBackUp },
  'compensation-failed': { tone: 'red', Icon: IconCircleX },
  interrupted: { tone: 'grey', Icon: IconPlugX },
  simulated: { tone: 'violet', Icon: IconFlask2 },
};
