import { expect, test } from "vitest";
import { RfbScript, scatter, type Said } from "@/e2e/factories/rfb-script";
import type { ConsoleEnding } from "@/lib/console/rules";
import { RfbStream } from "../rfb-stream";
import { encodings } from "../rfb/encodings";
import type { Rectangle } from "../rfb/conversation";
import { SharedScreen } from "./shared-screen";
import type { Observer } from "./shared-stream";
import { greeting, securityChoice, securityResult, writeEncodings } from "./rfb-words";

/** Reads what an observer is fed as a page would, from the introduction on. */
class Reader implements Observer {
  readonly rectangles: Pick<Rectangle, "encoding" | "width">[] = [];
  updates = 0;
  ending: ConsoleEnding | null = null;
  readonly #stream: RfbStream;

  constructor() {
    this.#stream = new RfbStream({
      onRectangle: ({ encoding, width }) => this.rectangles.push({ encoding, width }),
      onServerMessageEnd: () => (this.updates += 1),
    });
    this.#stream.fromServer(greeting);
    this.#stream.fromClient(Buffer.from("RFB 003.008\n"));
    this.#stream.fromServer(securityChoice);
    this.#stream.fromClient(Buffer.from([1]));
    this.#stream.fromServer(securityResult);
    this.#stream.fromClient(Buffer.from([1]));
  }

  feed(bytes: Buffer): void {
    this.#stream.fromServer(bytes);
  }

  end(ending: ConsoleEnding): void {
    this.ending = ending;
  }

  get trouble(): string | null {
    return this.#stream.trouble;
  }

  get screen() {
    return this.#stream.screen;
  }
}

const offered = [
  encodings.zrle,
  encodings.tight,
  encodings.tightPng,
  encodings.hextile,
  encodings.raw,
  encodings.cursor,
];
const stateless = [encodings.tightPng, encodings.hextile, encodings.raw, encodings.cursor];
const raw = { encoding: encodings.raw, bytes: Buffer.alloc(20 * 18 * 4) };
const zrle = { encoding: encodings.zrle, bytes: Buffer.from([0, 0, 0, 3, 1, 2, 3]), isStateless: false };

function aSession(pieces: (bytes: Buffer) => Buffer[] = (bytes) => [bytes]) {
  const injected: Buffer[] = [];
  const upstream: Buffer[] = [];
  const screen = new SharedScreen((bytes) => injected.push(bytes));
  const play = (said: Said[]) => {
    for (const { by, bytes } of said) {
      for (const piece of pieces(bytes)) {
        if (by === "server") screen.fromServer(piece);
        else upstream.push(screen.fromClient(piece));
      }
    }
  };
  const began = new RfbScript(8).greet().drawAsBrowser(offered);
  play(began.said);
  const after = began.said.length;
  /** What is said next, in the same conversation. */
  const next = (write: (script: RfbScript) => void) => {
    const script = new RfbScript(8);
    write(script);
    play(script.said);
  };
  return { screen, injected, upstream, next, after };
}

test("whoever joins is introduced to the screen as it is now, and the session is asked for all of it without state", () => {
  const { screen, injected } = aSession();
  const reader = new Reader();
  screen.watch(reader);
  expect(reader.screen).toMatchObject({ width: 800, height: 600, name: "guest" });
  const [asked] = injected;
  const words = writeEncodings(stateless);
  expect(asked?.subarray(0, words.length)).toEqual(words);
  expect([...(asked?.subarray(words.length) ?? [])]).toEqual([
    3,
    0,
    0,
    0,
    0,
    0,
    800 >> 8,
    800 & 255,
    600 >> 8,
    600 & 255,
  ]);
});

test("they begin with a whole update and never get what they cannot draw, however the bytes are divided", () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const { screen, next } = aSession((bytes) => scatter(bytes, seed));
    next((script) => script.update([zrle, raw]));
    const reader = new Reader();
    screen.watch(reader);
    next((script) => script.update([zrle, raw, zrle]));
    next((script) => script.update([raw, raw]));
    expect(reader.trouble).toBeNull();
    expect(reader.updates).toBe(2);
    expect(reader.rectangles.map(({ width }) => width)).toEqual([0, 20, 0, 20, 20]);
    expect(new Set(reader.rectangles.map(({ encoding }) => encoding))).toEqual(new Set([encodings.raw]));
  }
});

test("joining in the middle of an update means the next one", () => {
  const { screen } = aSession();
  const update = new RfbScript(8).update([raw]).said[0]?.bytes ?? Buffer.alloc(0);
  const [first, second] = [new Reader(), new Reader()];
  screen.watch(first);
  screen.fromServer(update.subarray(0, 700));
  screen.watch(second);
  screen.fromServer(update.subarray(700));
  expect([first.updates, second.updates]).toEqual([1, 0]);
  screen.fromServer(update);
  expect([first.updates, second.updates]).toEqual([2, 1]);
  screen.leave(first);
  screen.fromServer(update);
  expect([first.updates, second.updates, second.trouble]).toEqual([2, 2, null]);
});

test("while somebody watches, the person's own wishes for encodings wait; the last one comes back", () => {
  for (let seed = 1; seed <= 30; seed += 1) {
    const { screen, injected, upstream, next } = aSession((bytes) => scatter(bytes, seed));
    const reader = new Reader();
    screen.watch(reader);
    upstream.length = 0;
    const key = Buffer.from([4, 1, 0, 0, 0, 0, 0, 65]);
    const own = [encodings.tight, encodings.raw];
    next((script) => script.client(key).client(writeEncodings(own)).client(key));
    expect(Buffer.concat(upstream)).toEqual(Buffer.concat([key, writeEncodings([encodings.raw]), key]));
    injected.length = 0;
    screen.leave(reader);
    expect(Buffer.concat(injected)).toEqual(writeEncodings(own));
  }
});

test("nothing is said in the middle of the person's own message", () => {
  const { screen, injected } = aSession();
  const text = Buffer.concat([Buffer.from([6, 0, 0, 0, 0, 0, 0, 5]), Buffer.from("hello")]);
  expect(screen.fromClient(text.subarray(0, 10))).toEqual(text.subarray(0, 10));
  screen.watch(new Reader());
  expect(injected).toEqual([]);
  const rest = screen.fromClient(text.subarray(10));
  expect(rest.subarray(0, 3)).toEqual(text.subarray(10));
  expect(rest.subarray(3, 4)).toEqual(Buffer.from([2]));
});

test("whoever comes before the session has begun is introduced when it has", () => {
  const injected: Buffer[] = [];
  const screen = new SharedScreen((bytes) => injected.push(bytes));
  const reader = new Reader();
  screen.watch(reader);
  const script = new RfbScript(8).greet().drawAsBrowser(offered);
  const said = script.said.map(({ by, bytes }) =>
    by === "server" ? (screen.fromServer(bytes), []) : [screen.fromClient(bytes)],
  );
  expect(reader.screen).toMatchObject({ width: 800 });
  expect(injected).toEqual([]);
  const last = said.flat().at(-1) ?? Buffer.alloc(0);
  expect(last.subarray(10, 11)).toEqual(Buffer.from([2]));
});

test("a session that nobody understands any more goes on, and watching it ends", () => {
  const { screen } = aSession();
  const reader = new Reader();
  screen.watch(reader);
  screen.fromServer(Buffer.from([99, 1, 2, 3]));
  expect(reader.ending).toBe("unwatchable");
  const own = writeEncodings([encodings.raw]);
  expect(screen.fromClient(own)).toEqual(own);
  const late = new Reader();
  screen.watch(late);
  expect(late.ending).toBe("unwatchable");
});
