import type { RawData, WebSocket } from "ws";
import { encodings } from "@/lib/processes/console/rfb/encodings";

const browsersFormat = Buffer.from([32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 0, 8, 16, 0, 0, 0]);
const plainPixelBytes = 4;

/** Draws a screen from a websocket as a page does; of compressed rectangles it only notes that they came. */
export class ScreenViewer {
  readonly #socket: WebSocket;
  readonly #offered: readonly number[];
  #bytes: Buffer = Buffer.alloc(0);
  #wake: (() => void) | undefined;
  #width = 0;
  #height = 0;
  name = "";
  pixels: Buffer = Buffer.alloc(0);
  updates = 0;
  readonly seen = new Set<number>();

  private constructor(socket: WebSocket, offered: readonly number[]) {
    this.#socket = socket;
    this.#offered = offered;
    socket.on("message", (received: RawData) => {
      // ws gives Buffers unless told otherwise.
      this.#bytes = Buffer.concat([this.#bytes, received as Buffer]);
      this.#wake?.();
    });
    socket.on("close", () => this.#wake?.());
  }

  /** Through the introduction; the picture comes by and by. */
  static async open(
    socket: WebSocket,
    offered: readonly number[] = [encodings.zrle, encodings.raw],
  ): Promise<ScreenViewer> {
    const viewer = new ScreenViewer(socket, offered);
    await viewer.#greet();
    // Ends with the socket, whoever closes it.
    viewer.#draw().catch(() => undefined);
    return viewer;
  }

  type(text: string): void {
    for (const character of text) {
      for (const isDown of [1, 0]) this.#press(character.charCodeAt(0), isDown);
    }
  }

  #press(keysym: number, isDown: number): void {
    const message = Buffer.from([4, isDown, 0, 0, 0, 0, 0, 0]);
    message.writeUInt32BE(keysym, 4);
    this.#socket.send(message);
  }

  /** The whole picture again, in full. */
  refresh(): void {
    this.#ask(false);
  }

  async #greet(): Promise<void> {
    await this.#read(12);
    this.#socket.send(Buffer.from("RFB 003.008\n"));
    await this.#read((await this.#read(1)).readUInt8());
    this.#socket.send(Buffer.from([1]));
    if ((await this.#read(4)).readUInt32BE() !== 0) throw new Error("refused");
    this.#socket.send(Buffer.from([1]));
    const head = await this.#read(24);
    this.#width = head.readUInt16BE(0);
    this.#height = head.readUInt16BE(2);
    this.pixels = Buffer.alloc(this.#width * this.#height * plainPixelBytes);
    this.name = (await this.#read(head.readUInt32BE(20))).toString();
    this.#socket.send(Buffer.concat([Buffer.alloc(4), browsersFormat]));
    const words = Buffer.alloc(4 + this.#offered.length * 4);
    words.writeUInt8(2, 0);
    words.writeUInt16BE(this.#offered.length, 2);
    this.#offered.forEach((encoding, index) => words.writeInt32BE(encoding, 4 + index * 4));
    this.#socket.send(words);
    this.#ask(false);
  }

  #ask(isIncremental: boolean): void {
    const message = Buffer.alloc(10);
    message.writeUInt8(3, 0);
    message.writeUInt8(Number(isIncremental), 1);
    message.writeUInt16BE(this.#width, 6);
    message.writeUInt16BE(this.#height, 8);
    this.#socket.send(message);
  }

  async #draw(): Promise<never> {
    for (;;) {
      const type = (await this.#read(1)).readUInt8();
      if (type === 2) continue;
      if (type !== 0) throw new Error(`message ${type}`);
      const count = (await this.#read(3)).readUInt16BE(1);
      for (let index = 0; index < count; index += 1) await this.#drawRectangle();
      this.updates += 1;
      this.#ask(true);
    }
  }

  async #drawRectangle(): Promise<void> {
    const head = await this.#read(12);
    const [x, y, width, height] = [0, 2, 4, 6].map((at) => head.readUInt16BE(at)) as [
      number,
      number,
      number,
      number,
    ]; // Four offsets give four numbers.
    const encoding = head.readInt32BE(8);
    this.seen.add(encoding);
    if (encoding === encodings.zrle) {
      await this.#read((await this.#read(4)).readUInt32BE());
      return;
    }
    if (encoding !== encodings.raw) throw new Error(`encoding ${encoding}`);
    for (let row = 0; row < height; row += 1) {
      const line = await this.#read(width * plainPixelBytes);
      line.copy(this.pixels, ((y + row) * this.#width + x) * plainPixelBytes);
    }
  }

  async #read(length: number): Promise<Buffer> {
    while (this.#bytes.length < length) {
      if (this.#socket.readyState > this.#socket.OPEN) throw new Error("closed");
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const bytes = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    return bytes;
  }
}
