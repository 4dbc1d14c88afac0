import type { NodeKind } from '@crossdock/flow-model';
import {
  IconArrowBackUp,
  IconArrowFork,
  IconArrowMerge,
  IconArrowsSplit2,
  IconBolt,
  IconBroadcast,
  IconBuildingWarehouse,
  IconCalendarTime,
  IconCircleCheck,
  IconClock,
  IconDatabase,
  IconFileCheck,
  IconFileText,
  IconGitBranch,
  IconGitFork,
  IconGitMerge,
  IconHandStop,
  IconHourglass,
  IconLink,
  IconLinkOff,
  IconLinkPlus,
  IconMail,
  IconMessageReply,
  IconPlayerStop,
  IconPlugConnected,
  IconRoute,
  IconSend,
  IconShieldCheck,
  IconStack2,
  IconTransform,
  IconWebhook,
  IconWorld,
  IconWorldUpload,
  type TablerIcon,
} from '@tabler/icons-react';
import './node-icon.css';

/** Icons that manifests may name (Tabler, kebab-case). A name that is missing here shows its kind's icon. */
const ICONS: Readonly<Record<string, TablerIcon>> = {
  'arrow-back-up': IconArrowBackUp,
  'arrow-fork': IconArrowFork,
  'arrow-merge': IconArrowMerge,
  'arrows-split-2': IconArrowsSplit2,
  bolt: IconBolt,
  broadcast: IconBroadcast,
  'building-warehouse': IconBuildingWarehouse,
  'calendar-time': IconCalendarTime,
  'circle-check': IconCircleCheck,
  clock: IconClock,
  database: IconDatabase,
  'file-check': IconFileCheck,
  'file-text': IconFileText,
  'git-branch': IconGitBranch,
  'git-fork': IconGitFork,
  'git-merge': IconGitMerge,
  globe: IconWorld,
  'hand-stop': IconHandStop,
  hourglass: IconHourglass,
  link: IconLink,
  'link-off': IconLinkOff,
  'link-plus': IconLinkPlus,
  mail: IconMail,
  'message-reply': IconMessageReply,
  'player-stop': IconPlayerStop,
  'plug-connected': IconPlugConnected,
  route: IconRoute,
  send: IconSend,
  'shield-check': IconShieldCheck,
  stack: IconStack2,
  transform: IconTransform,
  webhook: IconWebhook,
  world: IconWorld,
  'world-upload': IconWorldUpload,
};

const KIND_ICONS: Readonly<Record<NodeKind, TablerIcon>> = {
  trigger: IconBolt,
  transform: IconTransform,
  control: IconGitBranch,
  action: IconSend,
};

/** The icon that a manifest names, else its kind's. */
export function iconOf(icon: string, kind: NodeKind | 'unknown'): TablerIcon {
  return ICONS[icon] ?? KIND_ICONS[kind === 'unknown' ? 'control' : kind];
}

/** The icon tile of a node type in its kind's tint; decorative, so hidden from screen readers. */
export function NodeIcon({ icon, kind, size = 32 }: { icon: string; kind: NodeKind | 'unknown'; size?: number }) {
  const Icon = iconOf(icon, kind);
  return (
    <span className="cd-tile" data-kind={kind} style={{ width: size, height: size }} aria-hidden>
      <Icon size={size >= 32 ? 18 : 16} stroke={1.5} />
    </span>
  );
}
