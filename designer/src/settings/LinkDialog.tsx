import type { PasswordLink } from '@crossdock/api-contract';
import { settingsTexts } from '../texts/index.ts';
import { formatExact, ShownOnce } from '../ui/index.ts';

const t = settingsTexts.people;

/** The link by which a person sets the own password; an admin passes it on. */
export function LinkDialog({ link, onClose }: { link: PasswordLink; onClose: () => void }) {
  const { user, url, expiresAt } = link;
  return (
    <ShownOnce
      title={t.linkTitle(user.name)}
      hint={`${t.linkHint(user.email)} ${t.linkUntil(formatExact(expiresAt))}`}
      label={t.link}
      value={url}
      texts={t}
      onClose={onClose}
    />
  );
}
