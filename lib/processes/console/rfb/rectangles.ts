import type { Rectangle, RfbConversation, RfbSink } from "./conversation";
import { encodings } from "./encodings";
import { HextileScanner, NextFfScanner } from "./scanners";
import type { PartialSteps } from "./step-reader";
import { TightScanner } from "./tight-scanner";

const nameBytesMax = 1024;

type Area = Pick<Rectangle, "x" | "y" | "width" | "height" | "encoding">;
/** Tells what is known of a rectangle now. */
type Tell = (isStateless: boolean, control?: number) => void;

/** The rectangles of an update, passed over by their lengths; one of them may say that no more follow. */
export function* readRectangles(talk: RfbConversation, sink: RfbSink, count: number): PartialSteps {
  for (let index = 0; index < count; index += 1) {
    const area = readHead(yield 12);
    const tell: Tell = (isStateless, control = -1) =>
      sink.onRectangle?.({ ...area, isStateless, control: control < 0 ? null : control });
    const length = lengthOf(talk, area);
    if (length === null) {
      const trouble = yield* contentSteps(talk, area, tell);
      if (trouble !== null) return trouble;
    } else {
      note(talk, area);
      tell(true);
      yield -length;
    }
    sink.onRectangleEnd?.();
    if (area.encoding === encodings.lastRectangle) return null;
  }
  return null;
}

function readHead(head: Buffer): Area {
  return {
    x: head.readUInt16BE(0),
    y: head.readUInt16BE(2),
    width: head.readUInt16BE(4),
    height: head.readUInt16BE(6),
    encoding: head.readInt32BE(8),
  };
}

/** What the rectangle's head alone tells of its length; null where its content has to be looked at. */
function lengthOf(talk: RfbConversation, { width, height, encoding }: Area): number | null {
  const maskBytes = Math.ceil(width / 8) * height;
  switch (encoding) {
    case encodings.raw:
      return width * height * talk.bytesPerPixel;
    case encodings.copyRect:
      return 4;
    case encodings.cursor:
      return width * height * talk.bytesPerPixel + maskBytes;
    case encodings.monochromeCursor:
      return maskBytes === 0 ? 0 : 6 + 2 * maskBytes;
    case encodings.leds:
      return 1;
    case encodings.zlib:
      return width * height === 0 ? 0 : null;
    case encodings.desktopSize:
    case encodings.lastRectangle:
    case encodings.extendedPointer:
    case encodings.extendedKeys:
    case encodings.audio:
    case encodings.pointerPosition:
      return 0;
    default:
      return null;
  }
}

/** What rectangles without a picture say of the conversation itself. */
function note(talk: RfbConversation, area: Area): void {
  if (area.encoding === encodings.desktopSize) resize(talk, area);
  if (area.encoding === encodings.extendedPointer) talk.hasExtendedPointer = true;
}

function contentSteps(talk: RfbConversation, area: Area, tell: Tell): PartialSteps {
  switch (area.encoding) {
    case encodings.rre:
      return passRre(talk, tell);
    case encodings.hextile:
      return passHextile(talk, area, tell);
    case encodings.zlib:
    case encodings.zrle:
      return passCounted(tell);
    case encodings.tight:
    case encodings.tightPng:
      return passTight(talk, area, tell);
    case encodings.jpeg:
      return passJpeg(tell);
    case encodings.h264:
      return passCounted(tell, 4);
    case encodings.vmwareCursor:
      return passVmwareCursor(talk, area, tell);
    case encodings.extendedDesktopSize:
      return readScreens(talk, area, tell);
    case encodings.desktopName:
      return readName(talk, tell);
    default:
      return giveUp(`encoding ${area.encoding}`);
  }
}

// A generator, because whoever calls goes through its steps; it has none.
function* giveUp(trouble: string): PartialSteps {
  return trouble;
}

/** A length, and so many bytes of a stream that goes on from rectangle to rectangle. */
function* passCounted(tell: Tell, flagBytes = 0): PartialSteps {
  tell(false);
  const length = (yield 4).readUInt32BE();
  yield -(length + flagBytes);
  return null;
}

function* passRre(talk: RfbConversation, tell: Tell): PartialSteps {
  tell(true);
  const parts = (yield 4).readUInt32BE();
  yield -(talk.bytesPerPixel + parts * (talk.bytesPerPixel + 8));
  return null;
}

function* passHextile(talk: RfbConversation, { width, height }: Area, tell: Tell): PartialSteps {
  tell(true);
  if (width > 0 && height > 0) yield new HextileScanner({ width, height, pixelBytes: talk.bytesPerPixel });
  return null;
}

function* passTight(talk: RfbConversation, area: Area, tell: Tell): PartialSteps {
  const control = (yield 1).readUInt8();
  const kind = control >> 4;
  const isPicture = kind === 9 || (kind === 10 && area.encoding === encodings.tightPng);
  tell(isPicture || kind === 8, control);
  if (kind === 8) yield -talk.bytesPerTightPixel;
  else if (isPicture || kind < 8)
    yield new TightScanner({ ...area, pixelBytes: talk.bytesPerTightPixel, kind });
  else return "tight";
  return null;
}

/** A whole JPEG file without a length: segments up to the marker of its end. */
function* passJpeg(tell: Tell): PartialSteps {
  tell(false);
  if ((yield 1).readUInt8() !== 0xff) return "jpeg";
  for (;;) {
    let marker = (yield 1).readUInt8();
    while (marker === 0xff) marker = (yield 1).readUInt8();
    if (marker === 0xd9) return null;
    const isInsideScan = marker === 0x00 || (marker >= 0xd0 && marker <= 0xd7);
    if (!isInsideScan && marker !== 0xd8 && marker !== 0x01) {
      const length = (yield 2).readUInt16BE();
      if (length < 2) return "jpeg";
      yield -(length - 2);
    }
    yield new NextFfScanner();
  }
}

function* passVmwareCursor(talk: RfbConversation, { width, height }: Area, tell: Tell): PartialSteps {
  tell(true);
  const kind = (yield 2).readUInt8();
  if (kind > 1) return "cursor";
  yield -(width * height * (kind === 0 ? 2 * talk.bytesPerPixel : 4));
  return null;
}

function* readScreens(talk: RfbConversation, area: Area, tell: Tell): PartialSteps {
  tell(true);
  yield -((yield 4).readUInt8() * 16);
  // The place of the rectangle says who asked for the size, and whether it was refused.
  const isRefused = area.x === 1 && area.y !== 0;
  if (!isRefused) resize(talk, area);
  return null;
}

function* readName(talk: RfbConversation, tell: Tell): PartialSteps {
  tell(true);
  const length = (yield 4).readUInt32BE();
  if (length > nameBytesMax) yield -length;
  else if (length > 0) talk.name = (yield length).toString("utf8");
  return null;
}

function resize(talk: RfbConversation, { width, height }: Area): void {
  talk.width = width;
  talk.height = height;
}
