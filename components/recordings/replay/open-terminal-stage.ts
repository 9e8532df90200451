import type { Stage } from "./stage";

const scrollbackLines = 10_000;

/** A terminal, drawn by xterm.js, which arrives only now; dark in both themes, as the guest's colours expect. */
export async function openTerminalStage(target: HTMLElement, signal: AbortSignal): Promise<Stage> {
  const [xterm, fitting] = await Promise.all([import("@xterm/xterm"), import("@xterm/addon-fit")]);
  signal.throwIfAborted();
  const terminal = new xterm.Terminal({
    fontSize: 14,
    fontFamily: "var(--font-geist-mono), ui-monospace, monospace",
    scrollback: scrollbackLines,
    screenReaderMode: true,
    disableStdin: true,
    theme: { background: "#0c0d10", foreground: "#e4e6eb", cursor: "#e4e6eb" },
  });
  const fit = new fitting.FitAddon();
  terminal.loadAddon(fit);
  terminal.open(target);
  fit.fit();
  const observer = new ResizeObserver(() => fit.fit());
  observer.observe(target);
  return {
    hasGreeting: false,
    restart: () => terminal.reset(),
    feed: (bytes) => terminal.write(bytes),
    close: () => {
      observer.disconnect();
      terminal.dispose();
    },
  };
}
