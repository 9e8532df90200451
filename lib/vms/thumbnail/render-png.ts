import { promisify } from "node:util";
import { crc32, deflate } from "node:zlib";
import type { Picture } from "./read-png";

const pack = promisify<Buffer, Buffer>(deflate);

/** A PNG of our own making: nothing of the one that was read is in it but its colours. */
export async function renderPng({ width, height, rgb }: Picture): Promise<Buffer> {
  const rowLength = width * 3;
  const rows = Buffer.alloc((rowLength + 1) * height);
  for (let y = 0; y < height; y += 1) {
    const start = y * (rowLength + 1);
    // Each byte as the difference to the one above: screens repeat downwards.
    rows[start] = 2;
    for (let x = 0; x < rowLength; x += 1) {
      const up = y === 0 ? 0 : (rgb[(y - 1) * rowLength + x] ?? 0);
      rows[start + 1 + x] = ((rgb[y * rowLength + x] ?? 0) - up) & 0xff;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk("IHDR", header), chunk("IDAT", await pack(rows)), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([signature, ...parts]);
}

function chunk(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const typed = Buffer.concat([Buffer.from(type, "latin1"), body]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, checksum]);
}
