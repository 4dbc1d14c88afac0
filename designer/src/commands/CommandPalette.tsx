import { TextInput, VisuallyHidden } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { commandTexts as texts } from '../texts/index.ts';
import { Dialog, Kbd, useOptionList } from '../ui/index.ts';
import classes from './CommandPalette.module.css';
import type { Command } from './command.ts';
import { closePalette, PALETTE_FIELD, usePalette } from './palette-state.ts';
import { rank } from './rank.ts';
import { keepRecent, readRecent } from './recent.ts';
import { useCommands } from './use-commands.ts';
import { useFound } from './use-found.ts';

/** Flows, pages, what the open page can do, executions, and texts in flows: found while typing, done by Enter. */
export function CommandPalette() {
  const query = usePalette((state) => state.query);
  const [recent] = useState(readRecent);
  const commands = useCommands();
  const found = useFound(query.trim());
  const groups = useMemo(
    () => [...rank(commands, query, recent, texts.recent), ...found.groups],
    [commands, query, recent, found.groups],
  );
  const options = groups.flatMap((group) => group.commands);
  const list = useOptionList(options, (command) => {
    keepRecent(command.id);
    closePalette();
    void command.run();
  });

  return (
    <Dialog
      opened
      onClose={closePalette}
      withCloseButton={false}
      returnFocus={false}
      padding={0}
      size={640}
      yOffset="12vh"
      transitionProps={{ duration: 0 }}
      overlayProps={{ backgroundOpacity: 0.4 }}
      attributes={{ content: { 'aria-label': texts.label } }}
    >
      <TextInput
        data-autofocus
        {...{ [PALETTE_FIELD]: true }}
        {...list.fieldProps}
        classNames={{ root: classes.field, input: classes.input }}
        variant="unstyled"
        aria-label={texts.placeholder}
        placeholder={texts.placeholder}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={query}
        onChange={(event) => {
          usePalette.setState({ query: event.currentTarget.value });
          list.reset();
        }}
      />
      <div className={classes.list} {...list.listProps(texts.label)}>
        {groups.map(({ label, commands: members }) => (
          <fieldset key={label} className={classes.group} aria-label={label}>
            <div className={classes.heading} aria-hidden>
              {label}
            </div>
            {members.map((command) => (
              <Option
                key={command.id}
                command={command}
                props={list.optionProps(command, [command.label, command.hint].filter(Boolean).join(', '))}
              />
            ))}
          </fieldset>
        ))}
      </div>
      {options.length === 0 ? (
        <p className={classes.empty}>{found.isPending ? texts.searching : texts.nothing}</p>
      ) : null}
      {found.error ? (
        <p className={classes.empty} role="alert">
          {texts.failed(found.error)}
        </p>
      ) : null}
      <VisuallyHidden role="status">{texts.count(options.length)}</VisuallyHidden>
      <footer className={classes.foot} aria-hidden>
        <Kbd keys={['↑', '↓']} /> {texts.choose} <Kbd keys={['Enter']} /> {texts.run} <Kbd keys={['Esc']} />{' '}
        {texts.close}
      </footer>
    </Dialog>
  );
}

type OptionProps = ReturnType<ReturnType<typeof useOptionList<Command>>['optionProps']>;

function Option({ command: { label, hint, Icon, keys }, props }: { command: Command; props: OptionProps }) {
  return (
    <div {...props} className={classes.option}>
      <Icon size={16} stroke={1.5} aria-hidden />
      <span className={classes.label}>{label}</span>
      {hint ? <span className={classes.hint}>{hint}</span> : null}
      {keys ? <Kbd keys={keys} /> : null}
    </div>
  );
}
