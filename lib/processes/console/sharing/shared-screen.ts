import type { PixelFormat } from "../rfb/conversation";
import { withoutState } from "../rfb/encodings";
import { clientMessages } from "../rfb/client-messages";
import { serverMessages } from "../rfb/server-messages";
import { RfbStream } from "../rfb-stream";
import { ClientRewriter } from "./client-rewriter";
import { writeEncodings, writeInit, writeRefresh } from "./rfb-words";
import type { Observer, SharedStream } from "./shared-stream";
import { UpdateFeed } from "./update-feed";

/**
 * A screen that others may watch without a second connection to the cluster, which has room for one. While somebody
 * watches, the session goes on in encodings that anybody can join; whoever has it notices nothing else.
 */
export class SharedScreen implements SharedStream {
  readonly #say: (bytes: Buffer) => void;
  readonly #stream: RfbStream;
  readonly #feed: UpdateFeed;
  readonly #rewriter: ClientRewriter;
  /** They came before the session itself had begun. */
  readonly #early = new Set<Observer>();
  #serverBytes = 0;
  #clientBytes = 0;
  #isStateless = false;
  /** The person's own words are being read, and what is put between them goes with them. */
  #isInPiece = false;

  /** @param say to the cluster, in the name of the person who has the screen */
  constructor(say: (bytes: Buffer) => void) {
    this.#say = say;
    this.#feed = new UpdateFeed(() => this.#stream.serverPosition);
    this.#rewriter = new ClientRewriter(
      () => this.#stream.clientPosition,
      () => writeEncodings(withoutState(this.#stream.encodings)),
    );
    const feed = this.#feed;
    const rewriter = this.#rewriter;
    this.#stream = new RfbStream({
      onUpdate: (rectangles) => feed.isWatched && feed.onUpdate(rectangles),
      onRectangle: (rectangle) => feed.isWatched && feed.onRectangle(rectangle),
      onRectangleEnd: () => feed.isWatched && feed.onRectangleEnd(),
      onServerMessageEnd: ({ type }) => type === serverMessages.bell && feed.isWatched && feed.onBell(),
      onClientMessage: (message) => rewriter.onMessage(message),
      onClientMessageEnd: ({ type }) => {
        if (type === clientMessages.updateRequest) this.#admitEarly();
        rewriter.onMessageEnd();
      },
    });
  }

  fromServer(bytes: Buffer): void {
    if (this.#feed.isWatched) {
      this.#feed.beginPiece(bytes, this.#serverBytes);
      this.#stream.fromServer(bytes);
      this.#feed.endPiece();
    } else this.#stream.fromServer(bytes);
    this.#serverBytes += bytes.length;
    this.#checkUnderstood();
  }

  fromClient(bytes: Buffer): Buffer {
    this.#rewriter.beginPiece(bytes, this.#clientBytes);
    this.#isInPiece = true;
    this.#stream.fromClient(bytes);
    this.#isInPiece = false;
    this.#clientBytes += bytes.length;
    const said = this.#rewriter.endPiece(this.#stream.trouble !== null);
    this.#checkUnderstood();
    return said;
  }

  /** @param observer has greeted and waits for the screen's introduction */
  watch(observer: Observer): void {
    if (this.#stream.trouble !== null) observer.end("unwatchable");
    else if (this.#stream.hasAskedForUpdate) this.#admit(observer);
    else this.#early.add(observer);
  }

  leave(observer: Observer): void {
    this.#early.delete(observer);
    const wasWatched = this.#feed.isWatched;
    this.#feed.leave(observer);
    if (wasWatched && !this.#feed.isWatched && this.#isStateless) this.#restoreEncodings();
  }

  end(): void {
    this.#endAll("watch_ended");
  }

  #admitEarly(): void {
    if (!this.#stream.hasAskedForUpdate) return;
    for (const observer of this.#early) this.#admit(observer);
    this.#early.clear();
  }

  #admit(observer: Observer): void {
    const { screen } = this.#stream;
    if (!isBrowsersFormat(screen.format)) return observer.end("unwatchable");
    observer.feed(writeInit(screen));
    this.#feed.join(observer);
    this.#sayAtEnd(() => this.#askForWhole());
  }

  /** The whole picture, in encodings that carry nothing over. */
  #askForWhole(): Buffer {
    const { encodings, screen } = this.#stream;
    const refresh = writeRefresh(screen);
    // A client that named no encodings gets plain pixels already.
    if (this.#isStateless || encodings.length === 0) return refresh;
    this.#isStateless = true;
    this.#rewriter.isReplacing = true;
    return Buffer.concat([writeEncodings(withoutState(encodings)), refresh]);
  }

  #restoreEncodings(): void {
    this.#sayAtEnd(() => {
      // Somebody may have joined again before the message in between had ended.
      if (this.#feed.isWatched || !this.#isStateless) return Buffer.alloc(0);
      this.#isStateless = false;
      this.#rewriter.isReplacing = false;
      return writeEncodings(this.#stream.encodings);
    });
  }

  /** Between two messages of the person's own, never within one. */
  #sayAtEnd(message: () => Buffer): void {
    this.#rewriter.queue(message);
    if (!this.#stream.isClientAtEnd || this.#isInPiece) return;
    const bytes = this.#rewriter.takeQueued();
    if (bytes.length > 0) this.#say(bytes);
  }

  #checkUnderstood(): void {
    if (this.#stream.trouble === null) return;
    this.#rewriter.isReplacing = false;
    this.#endAll("unwatchable");
  }

  #endAll(ending: "watch_ended" | "unwatchable"): void {
    for (const observer of [...this.#early, ...this.#feed.observers]) observer.end(ending);
  }
}

/** The one way of writing pixels that the page's viewer understands. */
function isBrowsersFormat({
  bitsPerPixel,
  depth,
  isBigEndian,
  isTrueColor,
  maxima,
  shifts,
}: PixelFormat): boolean {
  const isLayout = maxima.every((max) => max === 255) && shifts.every((shift, index) => shift === index * 8);
  return bitsPerPixel === 32 && depth === 24 && !isBigEndian && isTrueColor && isLayout;
}
