import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { CountedSocket, Traffic } from "./console-socket";
import { measureLatency } from "./measure-latency";

/** A socket whose machine answers each question after a while, or never. */
class AnsweringSocket extends EventTarget {
  readonly readyState = 1;
  readonly asked: Uint8Array[] = [];
  readonly traffic: Traffic = { received: 0, sent: 0, receivedAt: -1_000 };
  answerAfterMs: number | null = 30;

  send(bytes: Uint8Array) {
    this.asked.push(bytes);
    if (this.answerAfterMs !== null) setTimeout(() => this.show(1, 1), this.answerAfterMs);
  }

  /** A picture of one rectangle in the corner. */
  show(width: number, height: number) {
    const { buffer } = Uint8Array.from([0, 0, 0, 1, 0, 0, 0, 0, 0, width, 0, height, 0, 0, 0, 0]);
    this.traffic.receivedAt = performance.now();
    this.dispatchEvent(new MessageEvent("message", { data: buffer }));
  }
}

const asCounted = (socket: AnsweringSocket): CountedSocket => ({
  // The meter uses of a websocket what this one has.
  socket: socket as unknown as WebSocket,
  traffic: socket.traffic,
});

let socket: AnsweringSocket;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("document", { hidden: false });
  vi.stubGlobal("WebSocket", { OPEN: 1 });
  socket = new AnsweringSocket();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("one pixel is asked for, changed or not, and the middle of the answers counts", () => {
  const meter = measureLatency(asCounted(socket), () => true);
  expect(meter.read()).toBeNull();
  for (const milliseconds of [30, 900, 40]) {
    socket.answerAfterMs = milliseconds;
    vi.advanceTimersByTime(4_000);
  }
  vi.advanceTimersByTime(1_000);
  expect(socket.asked.map((bytes) => [...bytes])).toEqual(Array(3).fill([3, 0, 0, 0, 0, 0, 0, 1, 0, 1]));
  expect(meter.read()).toBe(40);
  meter.stop();
});

test("where nobody is, or nobody looks, nothing is asked: a forgotten console must be able to end", () => {
  let isThere = false;
  const meter = measureLatency(asCounted(socket), () => isThere);
  vi.advanceTimersByTime(20_000);
  expect(socket.asked).toHaveLength(0);
  isThere = true;
  vi.stubGlobal("document", { hidden: true });
  vi.advanceTimersByTime(20_000);
  expect(socket.asked).toHaveLength(0);
  meter.stop();
});

test("while the picture moves, only the one pixel counts, alone or in its block", () => {
  const meter = measureLatency(asCounted(socket), () => true);
  const moving = setInterval(() => socket.show(200, 20), 10);
  vi.advanceTimersByTime(5_000);
  expect(meter.read()).toBe(30);
  socket.answerAfterMs = null;
  vi.advanceTimersByTime(3_000);
  expect(socket.asked).toHaveLength(2);
  vi.advanceTimersByTime(45);
  socket.show(16, 1);
  expect(meter.read()).toBe(45);
  clearInterval(moving);
  meter.stop();
});

test("where nothing moved, whatever comes is the answer", () => {
  const meter = measureLatency(asCounted(socket), () => true);
  socket.answerAfterMs = null;
  vi.advanceTimersByTime(4_070);
  socket.show(200, 20);
  expect(meter.read()).toBe(70);
  meter.stop();
});

test("an answer that never comes is given up, and after the end nothing is asked", () => {
  socket.answerAfterMs = null;
  const meter = measureLatency(asCounted(socket), () => true);
  vi.advanceTimersByTime(12_000);
  expect(socket.asked).toHaveLength(2);
  meter.stop();
  vi.advanceTimersByTime(12_000);
  expect(socket.asked).toHaveLength(2);
  expect(meter.read()).toBeNull();
});
