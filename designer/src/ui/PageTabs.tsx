import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './PageTabs.module.css';

export interface PageTab<Name extends string> {
  readonly name: Name;
  readonly label: string;
  readonly panel: ReactNode;
}

interface Props<Name extends string> {
  /** Of the list of tabs, for those who do not see it. */
  readonly label: string;
  readonly open: Name;
  readonly tabs: readonly PageTab<Name>[];
  onOpen(name: Name): void;
}

/** The tabs of a page, below its bar; only the open one is there, and it has the rest of the height. */
export function PageTabs<Name extends string>({ label, open, tabs, onOpen }: Props<Name>) {
  return (
    <Tabs
      value={open}
      onChange={(next) => {
        const tab = tabs.find(({ name }) => name === next);
        if (tab) onOpen(tab.name);
      }}
      keepMounted={false}
      className={classes.tabs}
    >
      <Tabs.List aria-label={label} px={16}>
        {tabs.map(({ name, label: text }) => (
          <Tabs.Tab key={name} value={name}>
            {text}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(({ name, panel }) => (
        <Tabs.Panel key={name} value={name} className={classes.panel}>
          {panel}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
