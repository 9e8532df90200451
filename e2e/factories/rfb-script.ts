/** A piece of a recorded RFB conversation. */
export interface Said {
  by: "server" | "client";
  bytes: Buffer;
}

interface Written {
  encoding: number;
  bytes: Buffer;
  isStateless?: boolean;
  at?: { x: number; y: number; width: number; height: number };
}

interface Message {
  type: number;
  startedAt: number;
  endedAt: number;
}

export const browsersFormat = {
  ...{ bitsPerPixel: 32, depth: 24, isBigEndian: false, isTrueColor: true },
  ...{ maxima: [255, 255, 255], shifts: [0, 8, 16] },
};
const browsersFormatBytes = Buffer.from([32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 0, 8, 16, 0, 0, 0]);
const serversFormatBytes = Buffer.from([32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0]);

/** Writes what an RFB server and its client say to each other, byte by byte. */
export class RfbScript {
  readonly said: Said[] = [];
  readonly serverMessages: Message[] = [];
  readonly clientMessages: Message[] = [];
  readonly rectangles: { encoding: number; isStateless: boolean }[] = [];
  readonly #minor: 3 | 7 | 8;
  serverBytes = 0;
  #clientBytes = 0;

  constructor(minor: 3 | 7 | 8) {
    this.#minor = minor;
  }

  /** From the greeting to the introduction of the screen. */
  greet({ security = 1, nameLength = 5 }: { security?: number; nameLength?: number } = {}): this {
    this.#say("server", Buffer.from("RFB 003.008\n"));
    this.#say("client", Buffer.from(`RFB 003.00${this.#minor}\n`));
    if (this.#minor === 3) this.#say("server", Buffer.from([0, 0, 0, security]));
    else {
      this.#say("server", Buffer.from([1, security]));
      this.#say("client", Buffer.from([security]));
    }
    if (this.#minor === 8) this.#say("server", Buffer.alloc(4));
    this.#say("client", Buffer.from([1]));
    this.#say(
      "server",
      Buffer.concat([u16(800), u16(600), serversFormatBytes, u32(nameLength), Buffer.from("guest")]),
    );
    return this;
  }

  server(bytes: Buffer): this {
    this.serverMessages.push(this.#message("server", bytes));
    return this;
  }

  client(bytes: Buffer): this {
    this.clientMessages.push(this.#message("client", bytes));
    return this;
  }

  /** What a page says first. */
  drawAsBrowser(encodings: readonly number[]): this {
    this.client(Buffer.concat([Buffer.alloc(4), browsersFormatBytes]));
    const words = encodings.map((encoding) => i32(encoding));
    this.client(Buffer.concat([Buffer.from([2, 0]), u16(encodings.length), ...words]));
    return this.client(Buffer.concat([Buffer.from([3, 0]), u16(0), u16(0), u16(800), u16(600)]));
  }

  update(written: Written[], count = written.length): this {
    const parts = written.map(({ encoding, bytes, at }) => {
      const { x, y, width, height } = at ?? { x: 3, y: 5, width: 20, height: 18 };
      return Buffer.concat([u16(x), u16(y), u16(width), u16(height), i32(encoding), bytes]);
    });
    for (const { encoding, isStateless = true } of written) this.rectangles.push({ encoding, isStateless });
    return this.server(Buffer.concat([Buffer.from([0, 0]), u16(count), ...parts]));
  }

  #message(by: Said["by"], bytes: Buffer): Message {
    const startedAt = by === "server" ? this.serverBytes : this.#clientBytes;
    this.#say(by, bytes);
    return { type: bytes[0] ?? -1, startedAt, endedAt: startedAt + bytes.length };
  }

  #say(by: Said["by"], bytes: Buffer): void {
    this.said.push({ by, bytes });
    if (by === "server") this.serverBytes += bytes.length;
    else this.#clientBytes += bytes.length;
  }
}

/** A conversation in which everything occurs that the parser knows. */
export function aTalk(): RfbScript {
  const script = new RfbScript(8).greet().drawAsBrowser([7, -260, 5, 0, -239, -223]);
  script.server(Buffer.from([2]));
  script.server(Buffer.concat([Buffer.from([3, 0, 0, 0]), u32(5), Buffer.from("hello")]));
  script.server(Buffer.concat([Buffer.from([3, 0, 0, 0]), i32(-8), Buffer.alloc(8, 7)]));
  script.server(Buffer.concat([Buffer.from([1, 0]), u16(0), u16(2), Buffer.alloc(12)]));
  script.server(Buffer.from([150]));
  script.server(Buffer.concat([Buffer.from([248, 0, 0, 0]), u32(0x80000000), Buffer.from([3, 9, 9, 9])]));
  script.server(Buffer.from([250, 0, 1, 1]));
  script.server(Buffer.concat([Buffer.from([255, 1]), u16(2), u32(6), Buffer.alloc(6)]));
  script.server(Buffer.from([255, 1, 0, 1]));
  script.update(pictures());
  script.update(tights());
  script.update(extensions());
  script.update(
    [
      { encoding: 0, bytes: Buffer.alloc(20 * 18 * 4) },
      { encoding: -224, bytes: none },
    ],
    0xffff,
  );
  script.client(Buffer.from([4, 1, 0, 0, 0, 0, 0, 65]));
  script.client(Buffer.from([5, 1, 0, 1, 0, 1]));
  script.client(Buffer.from([5, 0x81, 0, 1, 0, 1, 1]));
  script.client(Buffer.concat([Buffer.from([6, 0, 0, 0]), u32(3), Buffer.from("abc")]));
  script.client(Buffer.concat([Buffer.from([6, 0, 0, 0]), i32(-4), Buffer.alloc(4)]));
  script.client(Buffer.concat([Buffer.from([150, 1]), Buffer.alloc(8)]));
  script.client(Buffer.concat([Buffer.from([248, 0, 0, 0]), u32(1), Buffer.from([2, 9, 9])]));
  script.client(Buffer.from([250, 0, 1, 2]));
  script.client(
    Buffer.concat([Buffer.from([251, 0]), u16(800), u16(600), Buffer.from([1, 0]), Buffer.alloc(16)]),
  );
  script.client(Buffer.concat([Buffer.from([255, 0]), u16(1), u32(65), u32(30)]));
  return script;
}

const none = Buffer.alloc(0);

function pictures(): Written[] {
  const rawTile = Buffer.concat([Buffer.from([1]), Buffer.alloc(16 * 16 * 4)]);
  const partTiles = [Buffer.from([2, 1, 1, 1, 1]), Buffer.from([12, 2, 2, 2, 2, 1, 0, 0])];
  const colored = Buffer.concat([Buffer.from([24, 2]), Buffer.alloc(12)]);
  return [
    { encoding: 0, bytes: Buffer.alloc(20 * 18 * 4) },
    { encoding: 1, bytes: Buffer.alloc(4) },
    { encoding: 2, bytes: Buffer.concat([u32(2), Buffer.alloc(4 + 2 * 12)]) },
    { encoding: 5, bytes: Buffer.concat([rawTile, ...partTiles, colored]) },
    { encoding: 6, isStateless: false, bytes: Buffer.concat([u32(9), Buffer.alloc(9)]) },
    { encoding: 16, isStateless: false, bytes: Buffer.concat([u32(7), Buffer.alloc(7)]) },
    { encoding: 21, isStateless: false, bytes: aJpeg },
    { encoding: 50, isStateless: false, bytes: Buffer.concat([u32(5), u32(0), Buffer.alloc(5)]) },
  ];
}

const aJpeg = Buffer.concat([
  Buffer.from([0xff, 0xd8, 0xff, 0xc4, 0, 5, 0xff, 0xd9, 1]),
  Buffer.from([0xff, 0xda, 0, 4, 1, 1, 5, 0xff, 0x00, 0xff, 0xd3, 7, 0xff, 0xff, 0xd9]),
]);

function tights(): Written[] {
  const copied = Buffer.concat([Buffer.from([0x00, 0x85, 0x01]), Buffer.alloc(133)]);
  const large = Buffer.concat([Buffer.from([0x00, 0x80, 0x80, 0x01]), Buffer.alloc(16_384)]);
  const twoColors = Buffer.concat([
    Buffer.from([0x40, 1, 1]),
    Buffer.alloc(6),
    Buffer.from([9]),
    Buffer.alloc(9),
  ]);
  const palette = Buffer.concat([
    Buffer.from([0x50, 1, 2]),
    Buffer.alloc(9),
    Buffer.from([4]),
    Buffer.alloc(4),
  ]);
  const small = {
    at: { x: 0, y: 0, width: 1, height: 3 },
    bytes: Buffer.concat([none, Buffer.from([0x00]), Buffer.alloc(9)]),
  };
  const picture = (control: number) => Buffer.concat([Buffer.from([control, 3]), Buffer.alloc(3)]);
  return [
    { encoding: 7, isStateless: false, bytes: copied },
    { encoding: 7, isStateless: false, bytes: large },
    { encoding: 7, isStateless: false, bytes: twoColors },
    { encoding: 7, isStateless: false, bytes: palette },
    { encoding: 7, isStateless: false, ...small },
    { encoding: 7, bytes: Buffer.from([0x80, 1, 2, 3]) },
    { encoding: 7, bytes: picture(0x90) },
    { encoding: -260, bytes: picture(0xa0) },
    { encoding: -260, bytes: Buffer.from([0x80, 1, 2, 3]) },
  ];
}

function extensions(): Written[] {
  const wide = { x: 0, y: 0, width: 640, height: 480 };
  return [
    { encoding: -239, bytes: Buffer.alloc(20 * 18 * 4 + 3 * 18) },
    { encoding: -240, bytes: Buffer.alloc(6 + 2 * 3 * 18) },
    { encoding: 0x574d5664, bytes: Buffer.concat([Buffer.from([1, 0]), Buffer.alloc(20 * 18 * 4)]) },
    { encoding: -223, at: wide, bytes: none },
    { encoding: -308, at: wide, bytes: Buffer.concat([Buffer.from([2, 0, 0, 0]), Buffer.alloc(32)]) },
    { encoding: -307, bytes: Buffer.concat([u32(7), Buffer.from("renamed")]) },
    { encoding: -261, bytes: Buffer.from([2]) },
    { encoding: -258, bytes: none },
    { encoding: -316, bytes: none },
  ];
}

/** The same bytes in pieces, of one byte here and many there. */
export function scatter(bytes: Buffer, seed: number): Buffer[] {
  const pieces: Buffer[] = [];
  let state = seed;
  for (let at = 0; at < bytes.length;) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const length = 1 + ((state >>> 16) % (seed % 3 === 0 ? 700 : 7));
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function i32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
