import { clientMessages } from "../rfb/client-messages";
import type { RfbStream } from "../rfb-stream";

type Screen = RfbStream["screen"];

export const greeting = Buffer.from("RFB 003.008\n");
const noSecurity = 1;
export const securityChoice = Buffer.from([1, noSecurity]);
export const oldSecurity = Buffer.from([0, 0, 0, noSecurity]);
export const securityResult = Buffer.alloc(4);

/** The screen as it is now: its size and name may have changed since the session began. */
export function writeInit({ width, height, name, format }: Screen): Buffer {
  const text = Buffer.from(name);
  const head = Buffer.alloc(24);
  head.writeUInt16BE(width, 0);
  head.writeUInt16BE(height, 2);
  head.set([format.bitsPerPixel, format.depth, Number(format.isBigEndian), Number(format.isTrueColor)], 4);
  format.maxima.forEach((max, index) => head.writeUInt16BE(max, 8 + index * 2));
  head.set(format.shifts, 14);
  head.writeUInt32BE(text.length, 20);
  return Buffer.concat([head, text]);
}

export function writeEncodings(encodings: readonly number[]): Buffer {
  const message = Buffer.alloc(4 + encodings.length * 4);
  message.writeUInt8(clientMessages.setEncodings, 0);
  message.writeUInt16BE(encodings.length, 2);
  encodings.forEach((encoding, index) => message.writeInt32BE(encoding, 4 + index * 4));
  return message;
}

/** Asks for the whole screen, whatever the server thinks is known of it. */
export function writeRefresh({ width, height }: Screen): Buffer {
  const message = Buffer.alloc(10);
  message.writeUInt8(clientMessages.updateRequest, 0);
  message.writeUInt16BE(width, 6);
  message.writeUInt16BE(height, 8);
  return message;
}
