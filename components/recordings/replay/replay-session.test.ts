import { afterEach, describe, expect, test, vi } from "vitest";
import { frameHeadBytes, writeFrameHead, type FrameKind } from "@/lib/console/recordings/frames/rules";
import { ReplaySession } from "./replay-session";
import type { Stage } from "./stage";

type Told = readonly [atMs: number, kind: FrameKind, text: string];

const told: readonly Told[] = [
  [0, "message", "greeting"],
  [10, "part", "+"],
  [20, "message", "one"],
  [1_000, "message", "two"],
  [30_000, "message", "three"],
  [31_000, "end", "revoked"],
];

afterEach(() => vi.unstubAllGlobals());

function asBytes(frames: readonly Told[]): Uint8Array<ArrayBuffer> {
  const parts = frames.map(([atMs, kind, text]) => {
    const bytes = kind === "gap" ? Uint8Array.of(0, 0, 0, 9) : new TextEncoder().encode(text);
    const part = new Uint8Array(frameHeadBytes + bytes.length);
    writeFrameHead(new DataView(part.buffer), 0, { atMs, kind, length: bytes.length });
    part.set(bytes, frameHeadBytes);
    return [...part];
  });
  return Uint8Array.from(parts.flat());
}

/** A recording in chunks, as the portal serves it. */
function serve(chunks: readonly (readonly Told[])[], damagedFrom = Number.POSITIVE_INFINITY) {
  const asked: string[] = [];
  const index = {
    duration_ms: chunks.at(-1)?.at(-1)?.[0] ?? 0,
    is_running: false,
    chunks: chunks.map((chunk) => [chunk[0]?.[0] ?? 0, chunk.at(-1)?.[0] ?? 0, 10]),
  };
  vi.stubGlobal("fetch", (address: string) => {
    asked.push(address);
    if (address.startsWith("/index")) return Promise.resolve(Response.json(index));
    const from = Number(/from=(\d+)/.exec(address)?.[1]);
    if (from >= damagedFrom)
      return Promise.resolve(
        Response.json({ code: "RECORDING_DAMAGED", params: { chunk: from } }, { status: 409 }),
      );
    const headers = from + 1 < chunks.length ? { "x-recording-next": String(from + 1) } : undefined;
    return Promise.resolve(new Response(asBytes(chunks[from] ?? []), headers ? { headers } : {}));
  });
  return asked;
}

/** Writes down what it is shown; a clock that the test moves. */
function aSession({ hasGreeting = false, refuses = "" } = {}) {
  const shown: string[] = [];
  const stage: Stage = {
    hasGreeting,
    restart: () => void shown.push("|"),
    feed: (bytes) => {
      const text = new TextDecoder().decode(bytes);
      if (text === refuses) throw new Error("no picture");
      shown.push(text);
    },
    close: () => void shown.push("closed"),
  };
  let frame: ((elapsedMs: number) => void) | null = null;
  const session = new ReplaySession({
    openRecording: () =>
      Promise.resolve({
        ok: true,
        data: {
          openingId: "o",
          expiresAt: new Date(),
          indexPath: "/index?",
          streamPath: "/stream?opening=o",
        },
      }),
    openStage: () => Promise.resolve(stage),
    pace: { speed: 1, skipsIdle: false },
    everyFrame: (onFrame) => {
      frame = onFrame;
      return () => (frame = null);
    },
  });
  // No element is ever touched by this stage.
  const open = () => session.open({} as HTMLElement);
  const pass = async (ms: number) => {
    frame?.(ms);
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return {
    session,
    shown,
    open,
    pass,
    phase: () => session.view().phase.kind,
    isRunning: () => frame !== null,
  };
}

describe("a replay", () => {
  test("shows each thing in its time, over the borders of chunks, and says how it ended", async () => {
    serve([told.slice(0, 3), told.slice(3, 4), told.slice(4)]);
    const { session, shown, open, pass, phase } = aSession();
    await open();
    await pass(25);
    expect(shown.join(" ")).toBe("greeting + one");
    for (let step = 0; step < 100; step += 1) await pass(10);
    expect(shown.at(-1)).toBe("two");
    session.setPace({ speed: 8, skipsIdle: true });
    for (let step = 0; step < 10; step += 1) await pass(300);
    expect(shown.at(-1)).toBe("three");
    expect(phase()).toBe("over");
    expect(session.view().state).toMatchObject({ endReason: "revoked", isAtEnd: true });
  });

  test("pauses and goes on where it was", async () => {
    serve([told]);
    const { session, open, pass, phase, isRunning } = aSession();
    await open();
    await pass(500);
    session.pause();
    expect([phase(), isRunning()]).toEqual(["paused", false]);
    session.play();
    await pass(100);
    expect(session.view().state?.atMs).toBeLessThanOrEqual(600);
    session.pause();
    expect(session.view().state?.atMs).toBe(600);
  });

  test("goes forward from where it is, and back by beginning anew", async () => {
    const asked = serve([told.slice(0, 3), told.slice(3)]);
    const { session, shown, open, phase } = aSession();
    await open();
    session.pause();
    await session.seek(2_000);
    expect([shown.join(" "), phase()]).toEqual(["greeting + one two", "paused"]);
    const before = asked.length;
    await session.seek(15);
    expect(shown.slice(4).join(" ")).toBe("| greeting +");
    expect(session.view().state?.atMs).toBe(15);
    expect(asked.length).toBeGreaterThan(before);
    await session.seek(40_000);
    expect([session.view().state?.atMs, phase()]).toEqual([31_000, "over"]);
  });

  test("of a screen greets again after a gap, and draws what follows", async () => {
    serve([[...told.slice(0, 3), [500, "gap", ""], ...told.slice(3)]]);
    const { session, shown, open } = aSession({ hasGreeting: true });
    await open();
    await session.seek(2_000);
    expect(shown.join(" ")).toBe("greeting + one | greeting + two");
    expect(session.view().state).toMatchObject({ gapAtMs: 500, isUnshowable: false });
  });

  test("of a terminal just goes on after a gap", async () => {
    serve([[...told.slice(0, 3), [500, "gap", ""], ...told.slice(3)]]);
    const { session, shown, open } = aSession();
    await open();
    await session.seek(2_000);
    expect(shown.join(" ")).toBe("greeting + one two");
  });

  test("says so when the picture cannot be drawn any more, and goes on to the end", async () => {
    serve([told]);
    const { session, shown, open } = aSession({ hasGreeting: true, refuses: "two" });
    await open();
    await session.seek(40_000);
    expect(shown.join(" ")).toBe("greeting + one");
    expect(session.view().state).toMatchObject({ isUnshowable: true, endReason: "revoked" });
  });

  test("of something altered stops there and names it", async () => {
    serve([told.slice(0, 3), told.slice(3)], 1);
    const { session, open, pass, isRunning } = aSession();
    await open();
    for (let step = 0; step < 5; step += 1) await pass(1_000);
    expect(session.view().phase).toEqual({
      kind: "failed",
      error: { code: "RECORDING_DAMAGED", params: { chunk: 1 } },
    });
    expect(isRunning()).toBe(false);
  });

  test("that is left takes its stage down", async () => {
    serve([told]);
    const { session, shown, open, isRunning } = aSession();
    await open();
    session.close();
    expect([shown.at(-1), isRunning()]).toEqual(["closed", false]);
  });
});
