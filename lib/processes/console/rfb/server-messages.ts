import { readPixelFormat, type RfbConversation, type RfbSink } from "./conversation";
import { readRectangles } from "./rectangles";
import type { PartialSteps, Steps } from "./step-reader";

const nameBytesMax = 1024;
const noSecurity = 1;

export const serverMessages = {
  update: 0,
  colorMap: 1,
  bell: 2,
  cutText: 3,
  endOfContinuousUpdates: 150,
  fence: 248,
  xvp: 250,
  qemu: 255,
} as const;

/** Where in its stream the parser is. */
type Position = () => number;

/** Reads what a server says, from its greeting on. */
export function* readServer(talk: RfbConversation, sink: RfbSink, position: Position): Steps {
  const trouble = yield* readHandshake(talk);
  if (trouble !== null) return trouble;
  sink.onReady?.();
  for (;;) {
    const startedAt = position();
    const type = (yield 1).readUInt8();
    const failure = type === serverMessages.update ? yield* readUpdate(talk, sink) : yield* readMessage(type);
    if (failure !== null) return failure;
    sink.onServerMessageEnd?.({ type, startedAt });
  }
}

function* readHandshake(talk: RfbConversation): PartialSteps {
  if (!/^RFB \d{3}\.\d{3}\n$/.test((yield 12).toString("latin1"))) return "no RFB";
  // The next bytes answer the client's version, so it is known when they arrive.
  const first = (yield 1).readUInt8();
  if (talk.minorVersion === null) return "out of order";
  const trouble = talk.minorVersion < 7 ? yield* readOldSecurity(first) : yield* readSecurity(talk, first);
  return trouble ?? (yield* readInit(talk));
}

/** The oldest version is told the kind of security in four bytes. */
function* readOldSecurity(first: number): PartialSteps {
  const rest = yield 3;
  return first === 0 && rest.readUIntBE(0, 3) === noSecurity ? null : "security";
}

function* readSecurity(talk: RfbConversation, count: number): PartialSteps {
  if (count === 0) return "refused";
  yield -count;
  if (talk.minorVersion !== 8) return null;
  const result = (yield 4).readUInt32BE();
  if (talk.security !== noSecurity) return "security";
  return result === 0 ? null : "refused";
}

function* readInit(talk: RfbConversation): PartialSteps {
  const head = yield 24;
  if (!talk.hasClientInit) return "out of order";
  const format = readPixelFormat(head.subarray(4, 20));
  const nameLength = head.readUInt32BE(20);
  if (format === null || nameLength > nameBytesMax) return "init";
  talk.width = head.readUInt16BE(0);
  talk.height = head.readUInt16BE(2);
  // A client may have said already how it wants pixels.
  if (!talk.hasOwnFormat) talk.format = format;
  if (nameLength > 0) talk.name = (yield nameLength).toString("utf8");
  return null;
}

function* readMessage(type: number): PartialSteps {
  switch (type) {
    case serverMessages.colorMap:
      yield -((yield 5).readUInt16BE(3) * 6);
      return null;
    case serverMessages.bell:
    case serverMessages.endOfContinuousUpdates:
      return null;
    case serverMessages.cutText:
      // A negative length announces the extended clipboard.
      yield -Math.abs((yield 7).readInt32BE(3));
      return null;
    case serverMessages.fence:
      yield -(yield 8).readUInt8(7);
      return null;
    case serverMessages.xvp:
      yield -3;
      return null;
    case serverMessages.qemu:
      return yield* readQemu();
    default:
      return `message ${type}`;
  }
}

function* readUpdate(talk: RfbConversation, sink: RfbSink): PartialSteps {
  const count = (yield 3).readUInt16BE(1);
  if (talk.isFormatUnsure) return "pixel format";
  sink.onUpdate?.(count);
  return yield* readRectangles(talk, sink, count);
}

/** Sound: its beginning, its end, and what lies between. */
function* readQemu(): PartialSteps {
  if ((yield 1).readUInt8() !== 1) return "qemu message";
  const operation = (yield 2).readUInt16BE();
  if (operation === 2) yield -(yield 4).readUInt32BE();
  return operation > 2 ? "qemu message" : null;
}
