import { readClient } from "./rfb/client-messages";
import { RfbConversation, type PixelFormat, type RfbSink } from "./rfb/conversation";
import { readServer } from "./rfb/server-messages";
import { StepReader } from "./rfb/step-reader";

/**
 * Follows both directions of one RFB connection from its first byte: where messages and rectangles begin and end, what
 * the two sides agreed on. It keeps no pixels; a stream it does not understand only ends the understanding.
 */
export class RfbStream {
  readonly #talk = new RfbConversation();
  readonly #server: StepReader;
  readonly #client: StepReader;
  #isRunning = false;
  #clientEndedAt = -1;

  constructor(sink: RfbSink) {
    const told: RfbSink = {
      ...sink,
      onReady: () => {
        this.#isRunning = true;
        sink.onReady?.();
      },
      onClientMessageEnd: (message) => {
        this.#clientEndedAt = this.#client.position;
        sink.onClientMessageEnd?.(message);
      },
    };
    this.#server = new StepReader(readServer(this.#talk, told, () => this.#server.position));
    this.#client = new StepReader(readClient(this.#talk, told, () => this.#client.position));
  }

  fromServer(bytes: Buffer): void {
    if (this.trouble === null) this.#server.push(bytes);
  }

  fromClient(bytes: Buffer): void {
    if (this.trouble === null) this.#client.push(bytes);
  }

  get state(): "handshake" | "running" | "unparsable" {
    if (this.trouble !== null) return "unparsable";
    return this.#isRunning ? "running" : "handshake";
  }

  /** Why it is not understood any more; null while it is. */
  get trouble(): string | null {
    return this.#server.trouble ?? this.#client.trouble;
  }

  /** Offsets from the beginning of each stream up to which everything is understood. */
  get serverPosition(): number {
    return this.#server.position;
  }

  get clientPosition(): number {
    return this.#client.position;
  }

  /** The client has said whole messages only so far, at least one. */
  get isClientAtEnd(): boolean {
    return this.#clientEndedAt === this.#client.position;
  }

  get screen(): { width: number; height: number; name: string; format: PixelFormat } {
    const { width, height, name, format } = this.#talk;
    return { width, height, name, format };
  }

  /** The screen has been introduced and its client draws it. */
  get hasAskedForUpdate(): boolean {
    return this.state === "running" && this.#talk.hasAskedForUpdate;
  }

  /** What the client asked for last, in its order. */
  get encodings(): readonly number[] {
    return this.#talk.encodings;
  }
}
