import type { ConsoleType } from "@/lib/console/rules";
import type { PixelFormat } from "../rfb/conversation";
import { RfbStream } from "../rfb-stream";

/** Follows a session to tell where what the machine says begins anew. */
export interface MessageFinder {
  /** Where in these bytes a message begins first; null where none does. */
  fromServer(bytes: Buffer): number | null;
  fromClient(bytes: Buffer): void;
  /** Whether the page's own replay can draw it. */
  readonly isPlayable: boolean;
}

export function findMessages(consoleType: ConsoleType): MessageFinder {
  return consoleType === "vnc" ? new ScreenMessages() : textMessages;
}

/** A terminal can go on anywhere. */
const textMessages: MessageFinder = {
  fromServer: () => 0,
  fromClient: () => undefined,
  isPlayable: true,
};

class ScreenMessages implements MessageFinder {
  readonly #stream: RfbStream;
  #received = 0;
  /** Where the last message ended that is known to be whole; the greeting begins the first. */
  #endedAt = 0;
  #firstBegin: number | null = null;

  constructor() {
    const noteEnd = () => {
      this.#endedAt = this.#stream.serverPosition;
      this.#firstBegin ??= this.#endedAt;
    };
    this.#stream = new RfbStream({ onReady: noteEnd, onServerMessageEnd: noteEnd });
  }

  fromServer(bytes: Buffer): number | null {
    const from = this.#received;
    this.#received += bytes.length;
    this.#firstBegin = this.#endedAt === from ? from : null;
    this.#stream.fromServer(bytes);
    // What is not understood can as well go on here as anywhere.
    if (this.#stream.state === "unparsable") return 0;
    return this.#firstBegin !== null && this.#firstBegin < this.#received ? this.#firstBegin - from : null;
  }

  fromClient(bytes: Buffer): void {
    this.#stream.fromClient(bytes);
  }

  get isPlayable(): boolean {
    return this.#stream.state !== "running" || isShownFormat(this.#stream.screen.format);
  }
}

/** The one format that the page's own client asks for: red, green and blue in the lowest three of four bytes. */
function isShownFormat({ bitsPerPixel, isBigEndian, isTrueColor, maxima, shifts }: PixelFormat): boolean {
  return (
    bitsPerPixel === 32 &&
    !isBigEndian &&
    isTrueColor &&
    maxima.every((max) => max === 255) &&
    [0, 8, 16].every((shift, index) => shifts[index] === shift)
  );
}
