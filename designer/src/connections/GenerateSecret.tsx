import type { SecretKind } from '@crossdock/flow-model';
import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { connectionTexts } from '../texts/index.ts';
import { ShownOnce } from '../ui/index.ts';
import { makeSecret } from './make-secret.ts';

const t = connectionTexts.generate;

/** Makes a secret and shows it, once, to be entered at the other side; `onMade` gets it when it was seen. */
export function GenerateSecret({
  title,
  kinds,
  onMade,
}: {
  title: string;
  kinds: readonly SecretKind[];
  onMade: (secret: string) => void;
}) {
  const [secret, setSecret] = useState<string>();
  const [only] = kinds;
  const make = (kind: SecretKind) => setSecret(makeSecret(kind));
  const button = { variant: 'default', size: 'compact-sm', leftSection: <IconKey size={14} aria-hidden /> } as const;
  return (
    <>
      {kinds.length === 1 && only ? (
        <Button {...button} aria-label={t.verbOf(title)} onClick={() => make(only)}>
          {t.verb}
        </Button>
      ) : (
        <Menu position="bottom-start" width={320}>
          <Menu.Target>
            <Button {...button} rightSection={<IconChevronDown size={14} aria-hidden />} aria-label={t.verbOf(title)}>
              {t.verb}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {kinds.map((kind) => (
              <Menu.Item key={kind} onClick={() => make(kind)}>
                {t.kinds[kind]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {secret !== undefined && (
        <ShownOnce
          title={t.title}
          hint={t.hint}
          label={title}
          value={secret}
          texts={t}
          onClose={() => {
            onMade(secret);
            setSecret(undefined);
          }}
        />
      )}
    </>
  );
}
