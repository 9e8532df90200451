export const logoBytesMax = 65_536;
export const logoSideMax = 1_024;

export const logoTypes = ["image/png", "image/jpeg", "image/webp"] as const;
export type LogoType = (typeof logoTypes)[number];

export interface Picture {
  mediaType: LogoType;
  width: number;
  height: number;
}

export type LogoRefusal = "logo_too_heavy" | "logo_no_picture" | "logo_too_large";

/** What the bytes are, by their own head alone; what they were called says nothing. */
export function readPicture(bytes: Uint8Array): Picture | LogoRefusal {
  if (bytes.byteLength > logoBytesMax) return "logo_too_heavy";
  const picture = readPng(bytes) ?? readJpeg(bytes) ?? readWebp(bytes);
  if (picture === null || picture.width === 0 || picture.height === 0) return "logo_no_picture";
  return picture.width > logoSideMax || picture.height > logoSideMax ? "logo_too_large" : picture;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function startsWith(bytes: Uint8Array, head: readonly number[], at = 0): boolean {
  return bytes.byteLength >= at + head.length && head.every((byte, index) => bytes[at + index] === byte);
}

function ascii(text: string): number[] {
  return [...text].map((character) => character.charCodeAt(0));
}

/** The first chunk is the header, and the file ends with the last one. */
function readPng(bytes: Uint8Array): Picture | null {
  const isPng = startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  if (!isPng || bytes.byteLength < 45 || !startsWith(bytes, [0, 0, 0, 13, ...ascii("IHDR")], 8)) return null;
  if (!startsWith(bytes, ascii("IEND"), bytes.byteLength - 8)) return null;
  const view = viewOf(bytes);
  return { mediaType: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
}

/** Walks the segments to the frame header: SOF0 to SOF15 without the three that are something else. */
function readJpeg(bytes: Uint8Array): Picture | null {
  if (!startsWith(bytes, [0xff, 0xd8, 0xff])) return null;
  const view = viewOf(bytes);
  for (let at = 2; at + 9 < bytes.byteLength;) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      return { mediaType: "image/jpeg", height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
    const length = view.getUint16(at + 2);
    if (length < 2) return null;
    at += 2 + length;
  }
  return null;
}

/** Three kinds of chunk say the size: lossy, lossless, extended. */
function readWebp(bytes: Uint8Array): Picture | null {
  if (!startsWith(bytes, ascii("RIFF")) || !startsWith(bytes, ascii("WEBP"), 8) || bytes.byteLength < 30)
    return null;
  const view = viewOf(bytes);
  const mediaType = "image/webp";
  if (startsWith(bytes, ascii("VP8 "), 12) && startsWith(bytes, [0x9d, 0x01, 0x2a], 23)) {
    return { mediaType, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  if (startsWith(bytes, ascii("VP8L"), 12) && bytes[20] === 0x2f) {
    const bits = view.getUint32(21, true);
    return { mediaType, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (!startsWith(bytes, ascii("VP8X"), 12)) return null;
  const [width, height] = [view.getUint32(24, true) & 0xffffff, view.getUint32(26, true) >>> 8];
  return { mediaType, width: width + 1, height: height + 1 };
}
