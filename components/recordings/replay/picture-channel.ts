/** What noVNC takes for a websocket: it is fed from a recording, and what it answers goes nowhere. */
export class PictureChannel {
  binaryType = "arraybuffer";
  protocol = "";
  readyState: "open" | "closed" = "open";
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: Uint8Array<ArrayBuffer> }) => void) | null = null;
  onerror: ((failure: unknown) => void) | null = null;
  onclose: ((close: { code: number; reason: string }) => void) | null = null;

  /** noVNC answers as it would a server; the server's side of that conversation is on record already. */
  send(): void {
    return;
  }

  /** As a websocket does, it says so a moment later. */
  close(): void {
    this.readyState = "closed";
    setTimeout(() => this.onclose?.({ code: 1000, reason: "" }), 0);
  }

  feed(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.readyState === "open") this.onmessage?.({ data: bytes });
  }
}
