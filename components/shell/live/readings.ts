type Listener = (kinds: ReadonlySet<string>) => void;

const listeners = new Set<Listener>();

/**
 * For whoever keeps answers beside the page: told which kinds of things are to be read again, "*" for everything.
 * @returns takes it back
 */
export function onReadAgain(listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function tellReadAgain(kinds: ReadonlySet<string>): void {
  for (const listener of listeners) listener(kinds);
}
