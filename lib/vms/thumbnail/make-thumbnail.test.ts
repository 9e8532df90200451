import { crc32, deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { makeThumbnail } from "./make-thumbnail";
import { PictureRefused, readPng } from "./read-png";

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const typed = Buffer.concat([Buffer.from(type, "latin1"), body]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, checksum]);
}

function header(width: number, height: number, rest: number[] = [8, 2, 0, 0, 0]): Buffer {
  const body = Buffer.alloc(13);
  body.writeUInt32BE(width, 0);
  body.writeUInt32BE(height, 4);
  body.set(rest, 8);
  return chunk("IHDR", body);
}

const end = chunk("IEND", Buffer.alloc(0));
const pack = (rows: Buffer) => chunk("IDAT", deflateSync(rows));
const png = (...parts: Buffer[]) => Buffer.concat([signature, ...parts]);

/** Rows of true colour, each filtered by its own number. */
function rowsOf(width: number, height: number, filter = 0): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y += 1) {
    const start = y * (width * 3 + 1);
    rows[start] = filter;
    for (let x = 0; x < width * 3; x += 1) rows[start + 1 + x] = filter === 0 ? (x * 7 + y * 13) & 0xff : 1;
  }
  return rows;
}

test("a screen becomes a small picture of our own, with its colours and nothing else", async () => {
  const text = chunk("tEXt", Buffer.from("Comment\0<script>alert(1)</script>"));
  const screen = png(header(1280, 800), text, pack(rowsOf(1280, 800)), end);
  const small = await makeThumbnail(screen);
  expect([small.width, small.height]).toEqual([640, 400]);
  expect(small.png.includes("script")).toBe(false);
  expect(small.png.length).toBeLessThan(2 * 2 ** 20);
  const read = await readPng(small.png);
  expect([read.width, read.height]).toEqual([640, 400]);
  // The mean of the four pixels that fall on the first: red of (0,0), (1,0), (0,1) and (1,1).
  expect(read.rgb[0]).toBe(Math.round((0 + 21 + 13 + 34) / 4));
});

test("every filter of PNG is undone", async () => {
  const left = await readPng(png(header(3, 2), pack(rowsOf(3, 2, 1)), end));
  expect([...left.rgb]).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3, 1, 1, 1, 2, 2, 2, 3, 3, 3]);
  const up = await readPng(png(header(2, 3), pack(rowsOf(2, 3, 2)), end));
  expect([...up.rgb]).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3]);
  const mean = await readPng(png(header(2, 2), pack(rowsOf(2, 2, 3)), end));
  expect([...mean.rgb]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2]);
  const paeth = await readPng(png(header(2, 2), pack(rowsOf(2, 2, 4)), end));
  expect([...paeth.rgb]).toEqual([1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3]);
});

test("grey, see-through and by palette are read as colours", async () => {
  const grey = await readPng(png(header(2, 1, [8, 0, 0, 0, 0]), pack(Buffer.from([0, 9, 200])), end));
  expect([...grey.rgb]).toEqual([9, 9, 9, 200, 200, 200]);
  const clear = await readPng(
    png(header(1, 1, [8, 6, 0, 0, 0]), pack(Buffer.from([0, 100, 200, 50, 128])), end),
  );
  expect([...clear.rgb]).toEqual([50, 100, 25]);
  const palette = chunk("PLTE", Buffer.from([1, 2, 3, 4, 5, 6]));
  const indexed = await readPng(
    png(header(3, 1, [8, 3, 0, 0, 0]), palette, pack(Buffer.from([0, 1, 0, 9])), end),
  );
  expect([...indexed.rgb]).toEqual([4, 5, 6, 1, 2, 3, 0, 0, 0]);
});

const good = png(header(4, 4), pack(rowsOf(4, 4)), end);
const wrongSum = Buffer.from(good);
wrongSum[good.length - 20] = (wrongSum[good.length - 20] ?? 0) ^ 0xff;

describe("is refused:", () => {
  test.each([
    ["nothing", Buffer.alloc(0)],
    ["a page", Buffer.from("<html><body>hello")],
    ["a JPEG", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])],
    ["a drawing with scripts", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
    ["a signature alone", signature],
    ["cut off", good.subarray(0, good.length - 5)],
    ["bytes behind its end", Buffer.concat([good, Buffer.from("PK\u0003\u0004")])],
    ["a wrong checksum", wrongSum],
    ["no header", png(pack(rowsOf(4, 4)), end)],
    ["two headers", png(header(4, 4), header(4, 4), pack(rowsOf(4, 4)), end)],
    ["no picture", png(header(4, 4), end)],
    ["no end", png(header(4, 4), pack(rowsOf(4, 4)))],
    ["two ends", png(header(4, 4), pack(rowsOf(4, 4)), end, end)],
    ["no width", png(header(0, 4), pack(rowsOf(0, 4)), end)],
    ["sixty thousand wide", png(header(60_000, 60_000), pack(rowsOf(4, 4)), end)],
    ["larger than any screen", png(header(4_096, 4_096), pack(rowsOf(4, 4)), end)],
    ["a bomb", png(header(4, 4), pack(Buffer.alloc(50 * 2 ** 20)), end)],
    ["less than it says", png(header(4, 4), pack(rowsOf(4, 3)), end)],
    ["more than it says", png(header(4, 4), pack(rowsOf(4, 5)), end)],
    ["packed bytes that are none", png(header(4, 4), chunk("IDAT", Buffer.from("not packed")), end)],
    ["sixteen bits", png(header(4, 4, [16, 2, 0, 0, 0]), pack(rowsOf(4, 4)), end)],
    ["a colour type of its own", png(header(4, 4, [8, 5, 0, 0, 0]), pack(rowsOf(4, 4)), end)],
    ["interlaced", png(header(4, 4, [8, 2, 0, 0, 1]), pack(rowsOf(4, 4)), end)],
    ["an unknown filter", png(header(4, 4), pack(rowsOf(4, 4, 9)), end)],
    ["an unknown necessary part", png(header(4, 4), chunk("EVIL", Buffer.alloc(4)), pack(rowsOf(4, 4)), end)],
    [
      "a part without a name",
      png(header(4, 4), chunk("\u0001\u0002\u0003\u0004", Buffer.alloc(4)), pack(rowsOf(4, 4)), end),
    ],
    ["a palette that is missing", png(header(4, 1, [8, 3, 0, 0, 0]), pack(Buffer.alloc(5)), end)],
    [
      "a palette too large",
      png(header(1, 1, [8, 3, 0, 0, 0]), chunk("PLTE", Buffer.alloc(771)), pack(Buffer.alloc(2)), end),
    ],
  ])("%s", async (_, bytes) => {
    await expect(makeThumbnail(bytes)).rejects.toBeInstanceOf(PictureRefused);
  });
});
