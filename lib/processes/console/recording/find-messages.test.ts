import fc from "fast-check";
import { expect, test } from "vitest";
import { findMessages } from "./find-messages";

const bell = Buffer.of(2);
const pixelFormat = (shifts: [number, number, number]) =>
  Buffer.from([32, 24, 0, 1, 0, 255, 0, 255, 0, 255, ...shifts, 0, 0, 0]);

function anUpdate(width: number): Buffer {
  const head = Buffer.from([0, 0, 0, 1, 0, 0, 0, 0, 0, width, 0, 1, 0, 0, 0, 0]);
  return Buffer.concat([head, Buffer.alloc(width * 4, 2)]);
}

function aGreetedFinder(shifts: [number, number, number] | null = [0, 8, 16]) {
  const finder = findMessages("vnc");
  finder.fromServer(Buffer.from("RFB 003.008\n"));
  finder.fromClient(Buffer.from("RFB 003.008\n"));
  finder.fromServer(Buffer.of(1, 1));
  finder.fromClient(Buffer.of(1));
  finder.fromServer(Buffer.alloc(4));
  finder.fromClient(Buffer.of(1));
  const name = Buffer.from("screen");
  const size = Buffer.of(0, 100, 0, 100);
  finder.fromServer(Buffer.concat([size, pixelFormat([16, 8, 0]), Buffer.of(0, 0, 0, name.length), name]));
  if (shifts !== null) finder.fromClient(Buffer.concat([Buffer.alloc(4), pixelFormat(shifts)]));
  return finder;
}

test("a terminal can go on anywhere", () => {
  expect(findMessages("serial").fromServer(Buffer.from("in the midst of a word"))).toBe(0);
});

test("a screen's messages are found wherever the stream is cut", () => {
  const message = fc.oneof(
    fc.constant(bell),
    fc.integer({ min: 1, max: 60 }).map((width) => anUpdate(width)),
  );
  fc.assert(
    fc.property(
      fc.array(message, { minLength: 1, maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }),
      (messages, sizes) => {
        const stream = Buffer.concat(messages);
        const begins = messages.map((_, index) => Buffer.concat(messages.slice(0, index)).length);
        const finder = aGreetedFinder();
        for (let at = 0, turn = 0; at < stream.length; turn += 1) {
          const end = Math.min(stream.length, at + (sizes[turn % sizes.length] ?? 1));
          const expected = begins.find((begin) => begin >= at && begin < end);
          expect(finder.fromServer(stream.subarray(at, end))).toBe(
            expected === undefined ? null : expected - at,
          );
          at = end;
        }
      },
    ),
  );
});

test("bytes that are no screen's can go on anywhere, and never throw", () => {
  const finder = aGreetedFinder();
  expect(finder.fromServer(Buffer.alloc(500, 0x63))).toBe(0);
  expect(finder.fromServer(Buffer.alloc(500, 0x63))).toBe(0);
});

test("a picture is playable in the one format that the page's own client asks for", () => {
  expect(aGreetedFinder([0, 8, 16]).isPlayable).toBe(true);
  expect(aGreetedFinder([16, 8, 0]).isPlayable).toBe(false);
  expect(aGreetedFinder(null).isPlayable).toBe(false);
});
