import { createInflate, constants } from "node:zlib";
import { expect, test } from "vitest";
import { encodePixels, serverFormat } from "./pixel-format";
import type { PixelFormat } from "./pixel-format";
import { ZrleEncoder } from "./zrle";

/** Undoes the encoding as RFC 6143 describes it, one zlib stream for all rectangles. */
function createDecoder() {
  const inflate = createInflate();
  const chunks: Buffer[] = [];
  inflate.on("data", (chunk: Buffer) => chunks.push(chunk));
  return async (encoded: Buffer, width: number, height: number): Promise<Uint32Array> => {
    expect(encoded.readUInt32BE()).toBe(encoded.length - 4);
    inflate.write(encoded.subarray(4));
    await new Promise<void>((resolve) => inflate.flush(constants.Z_SYNC_FLUSH, () => resolve()));
    return decodeTiles(Buffer.concat(chunks.splice(0)), width, height);
  };
}

function decodeTiles(bytes: Buffer, width: number, height: number): Uint32Array {
  const pixels = new Uint32Array(width * height);
  let at = 0;
  const pixel = () => bytes.readUIntLE((at += 3) - 3, 3);
  for (let top = 0; top < height; top += 64) {
    for (let left = 0; left < width; left += 64) {
      const [tileWidth, tileHeight] = [Math.min(64, width - left), Math.min(64, height - top)];
      const kind = bytes[at++] ?? 0;
      const palette = Array.from({ length: kind }, pixel);
      const bits = kind <= 2 ? 1 : kind <= 4 ? 2 : 4;
      for (let y = 0; y < tileHeight; y += 1) {
        for (let x = 0; x < tileWidth; x += 1) {
          const byte = bytes[at + Math.floor((x * bits) / 8)] ?? 0;
          const index = (byte >> (8 - bits - ((x * bits) % 8))) & ((1 << bits) - 1);
          const color = kind === 0 ? pixel() : palette[kind === 1 ? 0 : index];
          pixels[(top + y) * width + left + x] = color ?? 0;
        }
        if (kind > 1) at += Math.ceil((tileWidth * bits) / 8);
      }
    }
  }
  expect(at).toBe(bytes.length);
  return pixels;
}

const pictureOf = (width: number, height: number, color: (index: number) => number) => ({
  area: { x: 0, y: 0, width, height },
  pixels: Uint32Array.from({ length: width * height }, (_, index) => color(index)),
});

test("one, few and many colours come back as they were, over one stream", async () => {
  const encoder = new ZrleEncoder();
  const decode = createDecoder();
  const pictures = [
    pictureOf(70, 10, () => 0x112233),
    pictureOf(100, 65, (index) => (index % 7 === 0 ? 0xff0000 : 0x00ff00)),
    pictureOf(33, 3, (index) => (index % 4) * 0x10203),
    pictureOf(65, 66, (index) => (index % 15) * 0x010101),
    pictureOf(130, 70, (index) => (index * 7919) & 0xffffff),
  ];
  for (const { area, pixels } of pictures) {
    const encoded = await encoder.encode(area, pixels, serverFormat);
    expect(await decode(encoded, area.width, area.height)).toEqual(pixels);
  }
  encoder.close();
});

test("pixels take the client's size, order and depth", () => {
  const rgb565: PixelFormat = {
    bitsPerPixel: 16,
    depth: 16,
    isBigEndian: false,
    max: { red: 31, green: 63, blue: 31 },
    shift: { red: 11, green: 5, blue: 0 },
  };
  const color = Uint32Array.of(0xff8000);
  expect(encodePixels(color, rgb565).toString("hex")).toBe("00fc");
  expect(encodePixels(color, { ...rgb565, isBigEndian: true }).toString("hex")).toBe("fc00");
  const bgr233: PixelFormat = {
    ...rgb565,
    bitsPerPixel: 8,
    depth: 8,
    max: { red: 7, green: 7, blue: 3 },
    shift: { red: 0, green: 3, blue: 6 },
  };
  expect(encodePixels(color, bgr233).toString("hex")).toBe("27");
  const swapped: PixelFormat = { ...serverFormat, shift: { red: 0, green: 8, blue: 16 } };
  expect(encodePixels(color, swapped).toString("hex")).toBe("ff800000");
});
