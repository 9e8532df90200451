/** The names of what an update may hold (RFC 6143, the community's protocol document). */
export const encodings = {
  raw: 0,
  copyRect: 1,
  rre: 2,
  hextile: 5,
  zlib: 6,
  tight: 7,
  zrle: 16,
  jpeg: 21,
  h264: 50,
  desktopSize: -223,
  lastRectangle: -224,
  pointerPosition: -232,
  cursor: -239,
  monochromeCursor: -240,
  extendedKeys: -258,
  audio: -259,
  tightPng: -260,
  leds: -261,
  desktopName: -307,
  extendedDesktopSize: -308,
  extendedPointer: -316,
  vmwareCursor: 0x574d5664,
} as const;

/** Picture encodings that carry nothing over from one rectangle to the next, the best first. */
const statelessOnes: readonly number[] = [
  encodings.copyRect,
  encodings.tightPng,
  encodings.hextile,
  encodings.raw,
];

/** What a client asks for, reduced to what somebody who joins later can draw; its extensions stay as they are. */
export function withoutState(offered: readonly number[]): number[] {
  const pictures = statelessOnes.filter(
    (encoding) => encoding === encodings.raw || offered.includes(encoding),
  );
  const extensions = offered.filter(
    (encoding) => (encoding < 0 && encoding !== encodings.tightPng) || encoding === encodings.vmwareCursor,
  );
  return [...pictures, ...extensions.filter((encoding) => encoding !== tightWithoutZlib)];
}

const tightWithoutZlib = -317;
