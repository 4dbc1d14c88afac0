import { Drawer, type DrawerProps, Modal, type ModalProps } from '@mantine/core';
import { modals } from '@mantine/modals';
import { type ReactNode, useLayoutEffect, useState } from 'react';
import { uiTexts } from '../texts/index.ts';
import { openDialog, openerNow } from './dialog-focus.ts';

const CLOSE = { 'aria-label': uiTexts.close };

/** Mantine's dialog, which gives the focus back to what opened it even where it is gone at once when it closes. */
export function Dialog(props: ModalProps) {
  return (
    <>
      {props.opened && <FocusBack />}
      <Modal closeButtonProps={CLOSE} {...props} />
    </>
  );
}

/** A drawer at the right edge, which gives the focus back as a dialog does. */
export function SideDrawer(props: DrawerProps) {
  return (
    <>
      {props.opened && <FocusBack />}
      <Drawer position="right" closeButtonProps={CLOSE} {...props} />
    </>
  );
}

/**
 * Opens a dialog that belongs to no page.
 * @param dialog its `children` are given what closes it
 */
export function showDialog(dialog: {
  title: string;
  size: number;
  onClose?: () => void;
  children: (close: () => void) => ReactNode;
}): void {
  const giveFocusBack = openDialog(openerNow());
  const id = modals.open({
    title: dialog.title,
    size: dialog.size,
    closeButtonProps: CLOSE,
    onClose: () => {
      dialog.onClose?.();
      giveFocusBack();
    },
    children: dialog.children(() => modals.close(id)),
  });
}

/** Stands before the dialog: what has the focus is looked up before the dialog takes it. */
export function FocusBack() {
  const [opener] = useState(openerNow);
  useLayoutEffect(() => openDialog(opener), [opener]);
  return null;
}
