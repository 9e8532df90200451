import type RFB from "@novnc/novnc";
import { openConsoleSocket, type CountedSocket } from "./console-socket";
import type { SocketClose } from "./use-console-connection";

/** Nobody reads more, and a page that draws it stands still. */
const clipboardLengthMax = 200_000;

interface Opening {
  onOpening: (opened: { client: RFB; counted: CountedSocket }) => void;
  onConnected: () => void;
  onEnded: (close: SocketClose) => void;
  /** The guest put text into its clipboard. */
  onClipboard: (text: string) => void;
  onBell: () => void;
}

/**
 * Opens the screen in an element; noVNC arrives only now.
 * @returns closes it again, without a word
 */
export function openVnc(target: HTMLElement, socketPath: string, opening: Opening): () => void {
  const gone = new AbortController();
  const { signal } = gone;
  const connect = async () => {
    const { default: Client } = await import("@novnc/novnc");
    if (signal.aborted) return;
    const counted = openConsoleSocket(socketPath);
    counted.socket.addEventListener("close", ({ code, reason }) => opening.onEnded({ code, reason }), {
      signal,
    });
    const client = new Client(target, counted.socket, { shared: true });
    client.addEventListener("connect", opening.onConnected);
    client.addEventListener("securityfailure", () => opening.onEnded(null));
    client.addEventListener("credentialsrequired", () => opening.onEnded(null));
    client.addEventListener("bell", opening.onBell);
    client.addEventListener("clipboard", (event) => opening.onClipboard(textOf(event)));
    signal.addEventListener("abort", () => client.disconnect(), { once: true });
    opening.onOpening({ client, counted });
  };
  connect().catch(() => {
    if (!signal.aborted) opening.onEnded(null);
  });
  return () => gone.abort();
}

/** What a guest sends is anything at all. */
function textOf(event: Event): string {
  if (!(event instanceof CustomEvent)) return "";
  const detail: unknown = event.detail;
  if (typeof detail !== "object" || detail === null || !("text" in detail)) return "";
  return typeof detail.text === "string" ? detail.text.slice(0, clipboardLengthMax) : "";
}
