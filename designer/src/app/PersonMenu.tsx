import { Menu, UnstyledButton } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconLogout, IconMoon, IconSun, IconUser } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMe, useSignOut } from '../api/index.ts';
import { accountTexts, appTexts } from '../texts/index.ts';
import classes from './PersonMenu.module.css';
import { useColorScheme } from './use-color-scheme.ts';

const SCHEMES = [
  { value: 'auto', label: appTexts.person.schemeAuto, Icon: IconDeviceDesktop },
  { value: 'light', label: appTexts.person.schemeLight, Icon: IconSun },
  { value: 'dark', label: appTexts.person.schemeDark, Icon: IconMoon },
] as const;

/** Who is signed in, with appearance and sign-out. */
export function PersonMenu() {
  const me = useMe();
  const { colorScheme, choose } = useColorScheme();
  const signOut = useSignOut();
  const navigate = useNavigate();
  if (!me) return null;
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton
          className={classes.button}
          aria-label={`${appTexts.person.menu(me.name)}, ${initials(me.name)}`}
        >
          {initials(me.name)}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <strong>{me.name}</strong>
          <span>{me.email}</span>
          <span>{appTexts.roles[me.role]}</span>
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconUser size={16} aria-hidden />} onClick={() => void navigate({ to: '/account' })}>
          {accountTexts.menu}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{appTexts.person.scheme}</Menu.Label>
        {SCHEMES.map(({ value, label, Icon }) => (
          <Menu.Item
            key={value}
            closeMenuOnClick={false}
            leftSection={<Icon size={16} aria-hidden />}
            rightSection={colorScheme === value ? <IconCheck size={14} aria-hidden /> : null}
            aria-current={colorScheme === value}
            onClick={() => choose(value)}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden />}
          onClick={() => signOut.mutate(undefined, { onSettled: () => void navigate({ to: '/sign-in', search: {} }) })}
        >
          {appTexts.person.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => word?.charAt(0) ?? '')
    .join('')
    .toUpperCase();
}
