import type { WebSocket } from "ws";

/** A side that does not answer the goodbye is dropped. */
const goodbyeMs = 2_000;

/** Closes a socket and waits until it is closed, as its other side answers or time runs out. */
export function sayGoodbye(socket: WebSocket | undefined, code: number, reason = ""): Promise<void> {
  if (socket === undefined || socket.readyState === socket.CLOSED) return Promise.resolve();
  return new Promise((resolve) => {
    const hurry = setTimeout(() => socket.terminate(), goodbyeMs);
    socket.once("close", () => {
      clearTimeout(hurry);
      resolve();
    });
    socket.close(code, reason);
    // A socket that is not read never sees the other side's goodbye.
    socket.resume();
  });
}

/** Frames that are too large, not masked or otherwise against the protocol. */
export function isMisuse(error: Error): boolean {
  return "code" in error && String(error.code).startsWith("WS_ERR_");
}
