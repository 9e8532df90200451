import type { ITheme, Terminal } from "@xterm/xterm";
import type { SearchAddon } from "@xterm/addon-search";
import { openConsoleSocket, type Traffic } from "./console-socket";
import type { SocketClose } from "./use-console-connection";

export interface OpenTerminal {
  terminal: Terminal;
  search: SearchAddon;
  fit: () => void;
  traffic: Traffic;
}

interface Opening {
  fontSize: number;
  isViewOnly: boolean;
  onOpening: (opened: OpenTerminal) => void;
  onConnected: () => void;
  onEnded: (close: SocketClose) => void;
  onReleased: () => void;
  onSearch: () => void;
  onSelected: (text: string) => void;
  onFound: (found: { at: number; count: number }) => void;
}

const scrollbackLines = 10_000;

/** A terminal is dark wherever it stands: guests choose their colours for that. */
const theme: ITheme = {
  background: "#0c0d10",
  foreground: "#e4e6eb",
  cursor: "#e4e6eb",
  cursorAccent: "#0c0d10",
  selectionBackground: "#3d4a7a",
};

export const searchColors = {
  matchBackground: "#5a4a12",
  matchOverviewRuler: "#c9a227",
  activeMatchBackground: "#a8861d",
  activeMatchColorOverviewRuler: "#ffd54a",
};

/**
 * Opens the terminal in an element; xterm.js arrives only now.
 * @returns closes it again, without a word
 */
export function openTerminal(target: HTMLElement, socketPath: string, opening: Opening): () => void {
  const gone = new AbortController();
  const { signal } = gone;
  const connect = async () => {
    const opened = await buildTerminal(target, socketPath, opening, signal);
    if (opened !== null) opening.onOpening(opened);
  };
  connect().catch(() => {
    if (!signal.aborted) opening.onEnded(null);
  });
  return () => gone.abort();
}

async function buildTerminal(
  target: HTMLElement,
  socketPath: string,
  opening: Opening,
  signal: AbortSignal,
): Promise<OpenTerminal | null> {
  const { fontFamily } = getComputedStyle(target);
  const [xterm, fitting, searching] = await Promise.all([
    import("@xterm/xterm"),
    import("@xterm/addon-fit"),
    import("@xterm/addon-search"),
    // Letters are measured once, at the beginning.
    document.fonts.load(`${opening.fontSize}px ${fontFamily}`),
  ]);
  if (signal.aborted) return null;
  const terminal = new xterm.Terminal({
    fontSize: opening.fontSize,
    // It measures letters on a canvas, which knows no variables of style sheets.
    fontFamily,
    scrollback: scrollbackLines,
    screenReaderMode: true,
    disableStdin: opening.isViewOnly,
    // Marking every match is one of xterm's interfaces that are not settled.
    allowProposedApi: true,
    theme,
  });
  const [fit, search] = [new fitting.FitAddon(), new searching.SearchAddon()];
  terminal.loadAddon(fit);
  terminal.loadAddon(search);
  terminal.open(target);
  fit.fit();
  search.onDidChangeResults(({ resultIndex, resultCount }) =>
    opening.onFound({ at: resultIndex + 1, count: resultCount }),
  );
  terminal.onSelectionChange(() => terminal.hasSelection() && opening.onSelected(terminal.getSelection()));
  terminal.attachCustomKeyEventHandler((event) => passesOn(event, opening));
  signal.addEventListener("abort", () => terminal.dispose(), { once: true });
  const traffic = carry(terminal, socketPath, opening, signal);
  return { terminal, search, fit: () => fit.fit(), traffic };
}

/** What the machine writes goes to the terminal, and what is typed there to the machine. */
function carry(terminal: Terminal, socketPath: string, opening: Opening, signal: AbortSignal): Traffic {
  const { socket, traffic } = openConsoleSocket(socketPath);
  const encoder = new TextEncoder();
  const send = (bytes: Uint8Array<ArrayBuffer>) => socket.readyState === WebSocket.OPEN && socket.send(bytes);
  terminal.onData((typed) => send(encoder.encode(typed)));
  terminal.onBinary((typed) => send(Uint8Array.from(typed, (character) => character.charCodeAt(0))));
  socket.addEventListener("open", opening.onConnected, { signal });
  socket.addEventListener(
    "message",
    ({ data }: MessageEvent<unknown>) => data instanceof ArrayBuffer && terminal.write(new Uint8Array(data)),
    { signal },
  );
  socket.addEventListener("close", ({ code, reason }) => opening.onEnded({ code, reason }), { signal });
  signal.addEventListener("abort", () => socket.close(), { once: true });
  return traffic;
}

/** The machine gets every key but two, which stay with the page. */
function passesOn(event: KeyboardEvent, { onReleased, onSearch }: Opening): boolean {
  const isDown = event.type === "keydown";
  if (event.key === "Escape" && event.shiftKey) {
    event.preventDefault();
    if (isDown) onReleased();
    return false;
  }
  if (event.ctrlKey && event.shiftKey && event.code === "KeyF") {
    event.preventDefault();
    if (isDown) onSearch();
    return false;
  }
  return true;
}
