import { ActionIcon, Menu } from '@mantine/core';
import { IconBook2, IconHelp, IconMap2 } from '@tabler/icons-react';
import { helpTexts as texts } from '../texts/index.ts';
import { openHelp } from './help-state.ts';
import { startTour } from './tour/tour-state.ts';

/** Help in the top bar: node types and errors, and the tour once more. */
export function HelpMenu() {
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon aria-label={texts.menu} size={28} data-tour="help">
          <IconHelp size={18} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconBook2 size={16} aria-hidden />} onClick={() => openHelp()}>
          {texts.title}
        </Menu.Item>
        <Menu.Item leftSection={<IconMap2 size={16} aria-hidden />} onClick={startTour}>
          {texts.tour.start}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
