import type { Framebuffer, Rectangle } from "./framebuffer";
import type { Picture } from "./picture";
import type { PixelFormat } from "./pixel-format";
import { encodePixels, readPixelFormat, serverFormat, writePixelFormat } from "./pixel-format";
import { ByteReader } from "./byte-reader";
import { ZrleEncoder } from "./zrle";

const encodings = { raw: 0, zrle: 16, desktopSize: -223, lastRectangle: -224 };

interface Connection {
  send(bytes: Buffer): void;
  close(): void;
}

type Stage = "version" | "security" | "init" | "running";

/** One client of a picture, speaking RFB 3.8 (and what differs in 3.3 and 3.7). */
export class RfbServer {
  readonly #picture: Picture;
  readonly #connection: Connection;
  readonly #reader = new ByteReader();
  readonly #detach: () => void;
  readonly #zrle = new ZrleEncoder();
  #stage: Stage = "version";
  #minorVersion = 8;
  #format: PixelFormat = serverFormat;
  #usesZrle = false;
  #wanted: { area: Rectangle; isIncremental: boolean } | undefined;
  #seenChange = 0;
  #isEncoding = false;

  constructor(picture: Picture, connection: Connection) {
    this.#picture = picture;
    this.#connection = connection;
    this.#detach = picture.attach({
      onFrame: () => this.#update(),
      onBell: () => {
        if (this.#stage === "running") connection.send(Buffer.from([2]));
      },
    });
    connection.send(Buffer.from("RFB 003.008\n"));
  }

  receive(bytes: Buffer): void {
    this.#reader.push(bytes);
    while (this.#takeMessage());
  }

  close(): void {
    this.#detach();
    this.#zrle.close();
  }

  #takeMessage(): boolean {
    switch (this.#stage) {
      case "version":
        return this.#takeVersion();
      case "security":
        return this.#takeSecurity();
      case "init":
        return this.#takeInit();
      case "running":
        return this.#takeClientMessage();
    }
  }

  #takeVersion(): boolean {
    const bytes = this.#reader.take(12);
    if (!bytes) return false;
    const found = /^RFB 003\.(\d{3})\n$/.exec(bytes.toString("latin1"));
    if (!found) return this.#giveUp();
    this.#minorVersion = Number(found[1]);
    // The oldest version is told the security type instead of choosing it.
    if (this.#minorVersion < 7) {
      this.#connection.send(Buffer.from([0, 0, 0, 1]));
      this.#stage = "init";
    } else {
      this.#connection.send(Buffer.from([1, 1]));
      this.#stage = "security";
    }
    return true;
  }

  #takeSecurity(): boolean {
    const bytes = this.#reader.take(1);
    if (!bytes) return false;
    if (bytes[0] !== 1) return this.#giveUp();
    if (this.#minorVersion >= 8) this.#connection.send(Buffer.from([0, 0, 0, 0]));
    this.#stage = "init";
    return true;
  }

  #takeInit(): boolean {
    if (!this.#reader.take(1)) return false;
    const { width, height } = this.#picture.screen;
    const name = Buffer.from("QEMU (guest)");
    const size = Buffer.alloc(4);
    size.writeUInt16BE(width, 0);
    size.writeUInt16BE(height, 2);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(name.length);
    this.#connection.send(Buffer.concat([size, writePixelFormat(serverFormat), length, name]));
    this.#stage = "running";
    return true;
  }

  #takeClientMessage(): boolean {
    switch (this.#reader.peek()) {
      case undefined:
        return false;
      case 0:
        return this.#take(20, (bytes) => this.#setPixelFormat(bytes));
      case 2:
        return this.#takeEncodings();
      case 3:
        return this.#take(10, (bytes) => this.#requestUpdate(bytes));
      case 4:
        return this.#take(8, (bytes) => this.#picture.pressKey(bytes.readUInt32BE(4), bytes[1] !== 0));
      case 5:
        return this.#take(6, (bytes) =>
          this.#picture.movePointer(bytes.readUInt16BE(2), bytes.readUInt16BE(4), bytes.readUInt8(1)),
        );
      case 6:
        return this.#takeClipboard();
      default:
        return this.#giveUp();
    }
  }

  #take(length: number, use: (bytes: Buffer) => void): boolean {
    const bytes = this.#reader.take(length);
    if (bytes) use(bytes);
    return bytes !== undefined;
  }

  #setPixelFormat(bytes: Buffer): void {
    const format = readPixelFormat(bytes.subarray(4));
    if (format) this.#format = format;
    else this.#giveUp();
  }

  #takeEncodings(): boolean {
    const head = this.#reader.look(4);
    if (!head) return false;
    const count = head.readUInt16BE(2);
    return this.#take(4 + count * 4, (bytes) => {
      const offered = Array.from({ length: count }, (_, index) => bytes.readInt32BE(4 + index * 4));
      const first = offered.find((encoding) => encoding === encodings.raw || encoding === encodings.zrle);
      this.#usesZrle = first === encodings.zrle;
    });
  }

  #takeClipboard(): boolean {
    const head = this.#reader.look(8);
    if (!head) return false;
    // A negative length announces the extended clipboard, which is not offered here and is skipped.
    const length = Math.abs(head.readInt32BE(4));
    if (length > 1 << 20) return this.#giveUp();
    return this.#take(8 + length, (bytes) => {
      if (head.readInt32BE(4) >= 0) this.#picture.paste(bytes.subarray(8).toString("latin1"));
    });
  }

  #requestUpdate(bytes: Buffer): void {
    const area = {
      x: bytes.readUInt16BE(2),
      y: bytes.readUInt16BE(4),
      width: bytes.readUInt16BE(6),
      height: bytes.readUInt16BE(8),
    };
    this.#wanted = { area: clip(area, this.#picture.screen), isIncremental: bytes[1] !== 0 };
    this.#update();
  }

  /** Answers the open request when there is something to show; at most one answer is under way. */
  #update(): void {
    const wanted = this.#wanted;
    if (!wanted || this.#isEncoding) return;
    const { screen } = this.#picture;
    const changed = screen
      .changedSince(this.#seenChange, wanted.area)
      .filter((one) => one.width > 0 && one.height > 0);
    const rectangles = wanted.isIncremental ? changed : [wanted.area];
    if (rectangles.length === 0 && wanted.isIncremental) return;
    this.#wanted = undefined;
    this.#seenChange = screen.change;
    void this.#send(rectangles);
  }

  async #send(rectangles: Rectangle[]): Promise<void> {
    this.#isEncoding = true;
    const parts: Buffer[] = [Buffer.from([0, 0, rectangles.length >> 8, rectangles.length & 255])];
    const format = this.#format;
    const pictures = rectangles.map((area) => ({ area, pixels: cut(this.#picture.screen, area) }));
    for (const { area, pixels } of pictures) {
      parts.push(head(area, this.#usesZrle ? encodings.zrle : encodings.raw));
      if (this.#usesZrle) parts.push(await this.#zrle.encode(area, pixels, format));
      else parts.push(encodePixels(pixels, format));
    }
    this.#connection.send(Buffer.concat(parts));
    this.#isEncoding = false;
    this.#update();
  }

  #giveUp(): false {
    this.#connection.close();
    return false;
  }
}

function clip(area: Rectangle, screen: Framebuffer): Rectangle {
  const x = Math.min(area.x, screen.width);
  const y = Math.min(area.y, screen.height);
  return {
    x,
    y,
    width: Math.min(area.width, screen.width - x),
    height: Math.min(area.height, screen.height - y),
  };
}

function cut(screen: Framebuffer, area: Rectangle): Uint32Array {
  const pixels = new Uint32Array(area.width * area.height);
  for (let row = 0; row < area.height; row += 1) {
    const start = (area.y + row) * screen.width + area.x;
    pixels.set(screen.pixels.subarray(start, start + area.width), row * area.width);
  }
  return pixels;
}

function head(area: Rectangle, encoding: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt16BE(area.x, 0);
  bytes.writeUInt16BE(area.y, 2);
  bytes.writeUInt16BE(area.width, 4);
  bytes.writeUInt16BE(area.height, 6);
  bytes.writeInt32BE(encoding, 8);
  return bytes;
}
