import { Menu, UnstyledButton } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { appTexts } from '../texts/index.ts';
import classes from './EnvironmentPicker.module.css';
import { useEnvironment } from './use-environment.ts';

/** Shows and changes the environment the person works in, in its colour. */
export function EnvironmentPicker() {
  const { environment, environments, choose } = useEnvironment();
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <UnstyledButton
          className={classes.button}
          data-tone={environment.tone}
          data-tour="environment"
          aria-label={`${appTexts.topBar.environment}: ${environment.name}`}
        >
          <span className={classes.dot} aria-hidden />
          {environment.name}
          <IconChevronDown size={14} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{appTexts.topBar.environment}</Menu.Label>
        {environments.map(({ name, title, tone }) => (
          <Menu.Item
            key={name}
            onClick={() => choose(name)}
            leftSection={<span className={classes.dot} data-tone={tone} aria-hidden />}
            rightSection={name === environment.name ? <IconCheck size={14} aria-hidden /> : null}
            aria-current={name === environment.name}
          >
            {name} <span className="cd-dim">{title.toLowerCase() === name ? '' : title}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
