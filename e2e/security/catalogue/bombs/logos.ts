import { deflateSync } from "node:zlib";

const big = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const chunk = (name: string, body: Buffer) =>
  Buffer.concat([big(body.byteLength), Buffer.from(name, "latin1"), body, big(0)]);
const head = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function png(width: number, height: number, data: Buffer): Buffer {
  const shape = Buffer.concat([big(width), big(height), Buffer.from([8, 6, 0, 0, 0])]);
  return Buffer.concat([head, chunk("IHDR", shape), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

/** Small files that would be large pictures, and what is no picture at all. */
export function logoBombs(): { title: string; content: string }[] {
  const packed = deflateSync(Buffer.alloc(40 * 1024 * 1024));
  const files: [string, Buffer][] = [
    ["a picture of sixteen thousand million dots", png(0xffffffff, 0xffffffff, packed)],
    ["a picture that is only wide", png(50_000, 1, packed)],
    ["a picture that is only high", png(1, 0x7fffffff, packed)],
    ["a picture of negative size", png(-1 >>> 0, 1, Buffer.alloc(1))],
    [
      "a drawing with a bomb in it",
      Buffer.from(`<svg><!DOCTYPE x [<!ENTITY a "${"a".repeat(1_000)}">]></svg>`),
    ],
    ["a page behind a picture", Buffer.concat([png(1, 1, Buffer.alloc(1)), Buffer.from("<script>")])],
    [
      "a JPEG of segments that lead to themselves",
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(60_000, 0xff)]),
    ],
    [
      "a JPEG of empty segments",
      Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(60_000).fill(Buffer.from([0xff, 0xe0, 0, 2]))]),
    ],
    ["a zip", Buffer.concat([Buffer.from("PK\u0003\u0004"), Buffer.alloc(1_000)])],
  ];
  return files.map(([title, bytes]) => ({ title, content: bytes.toString("base64") }));
}
