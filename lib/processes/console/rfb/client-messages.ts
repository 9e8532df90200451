import { readPixelFormat, type RfbConversation, type RfbSink } from "./conversation";
import type { PartialSteps, Steps } from "./step-reader";

const encodingsMax = 1024;

export const clientMessages = {
  setPixelFormat: 0,
  setEncodings: 2,
  updateRequest: 3,
  key: 4,
  pointer: 5,
  cutText: 6,
  continuousUpdates: 150,
  fence: 248,
  xvp: 250,
  setDesktopSize: 251,
  qemu: 255,
} as const;

/** Reads what a client says, from its answer to the greeting on. */
export function* readClient(talk: RfbConversation, sink: RfbSink, position: () => number): Steps {
  const trouble = yield* readHandshake(talk);
  if (trouble !== null) return trouble;
  for (;;) {
    const startedAt = position();
    const type = (yield 1).readUInt8();
    sink.onClientMessage?.({ type, startedAt });
    const failure = yield* readMessage(talk, type);
    if (failure !== null) return failure;
    sink.onClientMessageEnd?.({ type, startedAt });
  }
}

function* readHandshake(talk: RfbConversation): PartialSteps {
  const version = /^RFB 003\.(\d{3})\n$/.exec((yield 12).toString("latin1"));
  if (version === null) return "no RFB";
  const minor = Number(version[1]);
  talk.minorVersion = minor >= 8 ? 8 : minor === 7 ? 7 : 3;
  talk.security = talk.minorVersion >= 7 ? (yield 1).readUInt8() : 1;
  if (talk.security !== 1) return "security";
  yield 1;
  talk.hasClientInit = true;
  return null;
}

function* readMessage(talk: RfbConversation, type: number): PartialSteps {
  switch (type) {
    case clientMessages.setPixelFormat:
      return yield* readFormat(talk);
    case clientMessages.setEncodings:
      return yield* readEncodings(talk);
    case clientMessages.updateRequest:
      talk.hasAskedForUpdate = true;
      yield -9;
      return null;
    case clientMessages.key:
      yield -7;
      return null;
    case clientMessages.pointer:
      return yield* passPointer(talk);
    case clientMessages.cutText:
      yield -Math.abs((yield 7).readInt32BE(3));
      return null;
    case clientMessages.continuousUpdates:
      yield -9;
      return null;
    case clientMessages.fence:
      yield -(yield 8).readUInt8(7);
      return null;
    case clientMessages.xvp:
      yield -3;
      return null;
    case clientMessages.setDesktopSize:
      yield -((yield 7).readUInt8(5) * 16);
      return null;
    case clientMessages.qemu:
      return yield* readQemu();
    default:
      return `message ${type}`;
  }
}

function* readFormat(talk: RfbConversation): PartialSteps {
  const format = readPixelFormat((yield 19).subarray(3));
  if (format === null) return "pixel format";
  const isSame = JSON.stringify(format) === JSON.stringify(talk.format);
  if (talk.hasAskedForUpdate && !isSame) talk.isFormatUnsure = true;
  talk.format = format;
  talk.hasOwnFormat = true;
  return null;
}

function* readEncodings(talk: RfbConversation): PartialSteps {
  const count = (yield 3).readUInt16BE(1);
  if (count > encodingsMax) return "encodings";
  if (count === 0) {
    talk.encodings = [];
    return null;
  }
  const bytes = yield count * 4;
  talk.encodings = Array.from({ length: count }, (_, index) => bytes.readInt32BE(index * 4));
  return null;
}

/** Mice of more than seven buttons send one byte more, which the first one announces. */
function* passPointer(talk: RfbConversation): PartialSteps {
  const buttons = (yield 1).readUInt8();
  yield talk.hasExtendedPointer && buttons & 0x80 ? -5 : -4;
  return null;
}

/** A key with its place on the keyboard, or a wish about sound. */
function* readQemu(): PartialSteps {
  const kind = (yield 1).readUInt8();
  if (kind === 0) {
    yield -10;
    return null;
  }
  if (kind !== 1) return "qemu message";
  const operation = (yield 2).readUInt16BE();
  if (operation === 2) yield -6;
  return operation > 2 ? "qemu message" : null;
}
