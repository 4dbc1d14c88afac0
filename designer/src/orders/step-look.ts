import type { OrderStep } from '@crossdock/api-contract';
import {
  IconBan,
  IconCircleCheck,
  IconCircleX,
  IconClipboardCheck,
  IconFileDollar,
  IconHelpHexagon,
  IconInbox,
  IconPackages,
  IconReceipt,
  IconShoppingCart,
  IconTruckDelivery,
} from '@tabler/icons-react';
import type { Tone } from '../ui/index.ts';

/** Each step has its icon and colour; its word is in the texts. Never colour alone. */
export const STEP_LOOK: Readonly<Record<OrderStep, { tone: Tone; Icon: typeof IconBan }>> = {
  quoted: { tone: 'grey', Icon: IconFileDollar },
  'quote accepted': { tone: 'grey', Icon: IconFileDollar },
  'quote lost': { tone: 'grey', Icon: IconBan },
  unknown: { tone: 'amber', Icon: IconHelpHexagon },
  received: { tone: 'grey', Icon: IconInbox },
  validated: { tone: 'blue', Icon: IconClipboardCheck },
  allocated: { tone: 'blue', Icon: IconPackages },
  picked: { tone: 'blue', Icon: IconShoppingCart },
  shipped: { tone: 'blue', Icon: IconTruckDelivery },
  invoiced: { tone: 'blue', Icon: IconReceipt },
  delivered: { tone: 'green', Icon: IconCircleCheck },
  rejected: { tone: 'red', Icon: IconCircleX },
  cancelled: { tone: 'grey', Icon: IconBan },
};
