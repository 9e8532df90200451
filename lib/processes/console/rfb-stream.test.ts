import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { aTalk, browsersFormat, RfbScript, scatter, type Said } from "@/e2e/factories/rfb-script";
import type { Rectangle } from "./rfb/conversation";
import { RfbStream } from "./rfb-stream";

interface Heard {
  messages: { type: number; startedAt: number; endedAt: number }[];
  clientMessages: { type: number; startedAt: number; endedAt: number }[];
  rectangles: Pick<Rectangle, "encoding" | "isStateless">[];
  stream: RfbStream;
}

function listen(said: Said[], pieces: (bytes: Buffer) => Buffer[]): Heard {
  const heard: Omit<Heard, "stream"> = { messages: [], clientMessages: [], rectangles: [] };
  const stream: RfbStream = new RfbStream({
    onRectangle: ({ encoding, isStateless }) => heard.rectangles.push({ encoding, isStateless }),
    onServerMessageEnd: (message) => heard.messages.push({ ...message, endedAt: stream.serverPosition }),
    onClientMessageEnd: (message) =>
      heard.clientMessages.push({ ...message, endedAt: stream.clientPosition }),
  });
  for (const { by, bytes } of said) {
    for (const piece of pieces(bytes)) {
      if (by === "server") stream.fromServer(piece);
      else stream.fromClient(piece);
    }
  }
  return { ...heard, stream };
}

const whole = (bytes: Buffer) => [bytes];

test("every message and rectangle that a server may send is measured to the byte", () => {
  const talk = aTalk();
  const { stream, messages, rectangles } = listen(talk.said, whole);
  expect(stream.trouble).toBeNull();
  expect(messages).toEqual(talk.serverMessages);
  expect(rectangles).toEqual(talk.rectangles);
  expect(stream.serverPosition).toBe(talk.serverBytes);
});

test("what a client says is measured too, and what it asked for is remembered", () => {
  const talk = aTalk();
  const { stream, clientMessages } = listen(talk.said, whole);
  expect(clientMessages).toEqual(talk.clientMessages);
  expect(stream.encodings).toEqual([7, -260, 5, 0, -239, -223]);
  expect(stream.screen).toMatchObject({ width: 640, height: 480, name: "renamed", format: browsersFormat });
  expect(stream.isClientAtEnd).toBe(true);
});

test("any division of the streams into pieces tells the same", () => {
  const talk = aTalk();
  const expected = listen(talk.said, whole);
  for (let seed = 1; seed <= 200; seed += 1) {
    const heard = listen(talk.said, (bytes) => scatter(bytes, seed));
    expect(heard.messages).toEqual(expected.messages);
    expect(heard.rectangles).toEqual(expected.rectangles);
    expect(heard.clientMessages).toEqual(expected.clientMessages);
  }
});

test("the older versions are introduced in their own way", () => {
  for (const minor of [3, 7] as const) {
    const script = new RfbScript(minor);
    script.greet();
    script.client(Buffer.from([3, 0, 0, 0, 0, 0, 2, 128, 1, 224]));
    script.server(Buffer.from([2]));
    const { stream, messages } = listen(script.said, (bytes) => scatter(bytes, minor));
    expect([minor, stream.state, messages.length]).toEqual([minor, "running", 1]);
  }
});

test.each([
  ["no greeting", [{ by: "server", bytes: Buffer.from("HTTP/1.1 400 Bad") }]],
  ["a password", new RfbScript(8).greet({ security: 2 }).said],
  ["an unknown message", new RfbScript(8).greet().server(Buffer.from([77])).said],
  ["an unknown encoding", new RfbScript(8).greet().update([{ encoding: 4242, bytes: Buffer.alloc(0) }]).said],
  ["a name without an end", new RfbScript(8).greet({ nameLength: 0xffffffff }).said],
  ["encodings without an end", new RfbScript(8).greet().client(Buffer.from([2, 0, 255, 255])).said],
] as [string, Said[]][])("after %s it only says that it understands no more", (_what, said) => {
  const { stream } = listen(said, whole);
  expect(stream.state).toBe("unparsable");
  const before = stream.serverPosition;
  stream.fromServer(Buffer.alloc(100_000, 1));
  expect(stream.serverPosition).toBe(before);
});

test("random bytes after the greeting never throw, and nothing of them is kept", () => {
  const kept: RfbStream[] = [];
  const before = heldBytes();
  for (let seed = 1; seed <= 500; seed += 1) {
    for (const by of ["server", "client"] as const) {
      const stream = new RfbStream({});
      const said = [...new RfbScript(8).greet().said, { by, bytes: noise(seed, 10_000) }];
      for (const { by: speaker, bytes } of said) {
        for (const piece of scatter(bytes, seed)) {
          if (speaker === "server") stream.fromServer(piece);
          else stream.fromClient(piece);
        }
      }
      kept.push(stream);
    }
  }
  const grown = heldBytes() - before;
  expect(kept).toHaveLength(1_000);
  // Ten million bytes were heard; a parser may hold one short head of a message.
  expect(grown / kept.length).toBeLessThan(8_192);
});

/** What buffers and objects take once everything that nobody needs is gone. */
function heldBytes(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
}

function noise(seed: number, length: number): Buffer {
  let state = seed * 2_654_435_761;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state >>> 24;
    }),
  );
}
