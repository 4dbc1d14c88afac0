import { useBlocker } from '@tanstack/react-router';
import { useCallback, useEffect, useRef } from 'react';
import { uiTexts } from '../texts/index.ts';
import { askToConfirm } from './confirm.tsx';

/**
 * Asks before changes that are not saved are left: by a link, by going back, by closing what the address holds open, or with the browser's tab. Only
 * another page, or another value of one of `keys` in the address, counts as leaving.
 * @param effect what would be lost, as a sentence
 * @returns `leaveMeant`, to be called before a leave that is meant, as after saving or deleting; and `askFirst`, which closes what the address
 * does not hold open, or leaves it when the answer is to keep the changes
 */
export function useUnsavedGuard(isChanged: boolean, { keys, effect }: { keys: readonly string[]; effect: string }) {
  const isMeant = useRef(false);
  const isAsking = useRef(false);
  const ask = async (): Promise<boolean> => {
    // The Escape that answers the question reaches the drawer below it, too.
    if (isAsking.current) return false;
    isAsking.current = true;
    const mayGo = await askToDiscard(effect);
    setTimeout(() => {
      isAsking.current = false;
    });
    return mayGo;
  };
  useBlocker({
    disabled: !isChanged,
    enableBeforeUnload: () => isChanged && !isMeant.current,
    shouldBlockFn: async ({ current, next }) => {
      if (isMeant.current || !isLeft(current, next, keys)) return false;
      return !(await ask());
    },
  });
  // What is changed after it was saved is asked about again.
  useEffect(() => {
    isMeant.current = false;
  }, [isChanged]);
  const leaveMeant = useCallback(() => {
    isMeant.current = true;
  }, []);
  const askFirst = async (close: () => void) => {
    if (isChanged && !isMeant.current) {
      if (!(await ask())) return;
      leaveMeant();
    }
    close();
  };
  return { leaveMeant, askFirst };
}

interface Place {
  pathname: string;
  search: object;
}

function isLeft(current: Place, next: Place, keys: readonly string[]): boolean {
  const [from, to] = [current.search, next.search] as Record<string, unknown>[];
  return current.pathname !== next.pathname || keys.some((key) => from?.[key] !== to?.[key]);
}

function askToDiscard(effect: string): Promise<boolean> {
  const t = uiTexts.unsaved;
  return new Promise((resolve) =>
    askToConfirm({
      ...{ title: t.title, effect, verb: t.discard, dismiss: t.keep, tone: 'red' },
      run: async () => resolve(true),
      onClose: () => resolve(false),
    }),
  );
}
