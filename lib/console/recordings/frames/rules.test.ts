import fc from "fast-check";
import { expect, test } from "vitest";
import { frameHeadBytes, MalformedFrames, readFrames, writeFrameHead, type FrameKind } from "./rules";

interface Written {
  kind: FrameKind;
  atMs: number;
  bytes: Uint8Array;
}

function write(frames: readonly Written[]): Uint8Array<ArrayBuffer> {
  const length = frames.reduce((sum, { bytes }) => sum + frameHeadBytes + bytes.length, 0);
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const { kind, atMs, bytes } of frames) {
    writeFrameHead(new DataView(whole.buffer), offset, { kind, atMs, length: bytes.length });
    whole.set(bytes, offset + frameHeadBytes);
    offset += frameHeadBytes + bytes.length;
  }
  return whole;
}

const output = fc.record({
  kind: fc.constantFrom("message" as const, "part" as const),
  atMs: fc.nat(0xffffffff),
  bytes: fc.uint8Array({ maxLength: 300 }),
});

test("what was written is read again, frame by frame", () => {
  fc.assert(
    fc.property(fc.array(output, { maxLength: 20 }), (frames) => {
      const read = readFrames(write(frames));
      expect(read).toEqual(
        frames.map(({ kind, atMs, bytes }) => ({ kind, atMs, bytes: Uint8Array.from(bytes) })),
      );
    }),
  );
});

test("a gap counts what is missing and an end says why", () => {
  const frames = write([
    { kind: "gap", atMs: 7, bytes: Uint8Array.of(0, 1, 0, 2) },
    { kind: "end", atMs: 9, bytes: new TextEncoder().encode("grant_over") },
  ]);
  expect(readFrames(frames)).toEqual([
    { kind: "gap", atMs: 7, lostBytes: 65_538 },
    { kind: "end", atMs: 9, reason: "grant_over" },
  ]);
});

test("bytes that are no frames are refused, whatever they are", () => {
  const whole = write([{ kind: "message", atMs: 1, bytes: Uint8Array.of(1, 2, 3) }]);
  for (let length = 1; length < whole.length; length += 1)
    expect(() => readFrames(whole.slice(0, length))).toThrow(MalformedFrames);
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => {
      try {
        const read = readFrames(Uint8Array.from(bytes));
        expect(read.length).toBeLessThanOrEqual(bytes.length / frameHeadBytes);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedFrames);
      }
    }),
    { numRuns: 2_000 },
  );
});
