import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { WebSocket } from "ws";
import { z } from "zod";
import { aConsoleUser, aRunningVm } from "@/e2e/factories/console";
import type { Visitor } from "@/e2e/factories/console-house";
import { aVm } from "@/e2e/factories/vm";
import { startChild, type Child } from "@/e2e/faults/child-process";
import {
  issueConsoleToken,
  type IssuedConsoleToken,
  type NewConsoleToken,
} from "@/lib/console/issue-console-token";
import { consoleSocketPath, type ConsoleType } from "@/lib/console/rules";
import { closeChanges } from "@/lib/core/changes";
import { db } from "@/lib/core/db";
import { inTransaction } from "@/lib/core/transaction";
import { echo } from "./behaviours";
import { startFarEnd, type Behaviour, type FarEnd } from "./far-end";

export const origin = "https://portal.example";
const readyLine = z.looseObject({ port: z.number() });

export interface Machine {
  id: string;
  name: string;
  namespace: string;
  systemId: string;
}

export type Asked = Partial<NewConsoleToken>;

/** The real console process, alone in a process of its own, between people and a far end that does as it is told. */
export class ConsoleHall {
  readonly farEnd: FarEnd;
  readonly child: Child;
  readonly port: number;
  readonly #folder: string;
  readonly #place: { clusterId: string; namespace: string; serviceId: string; systemId: string };
  #machines = 1;

  private constructor(parts: {
    farEnd: FarEnd;
    child: Child;
    port: number;
    folder: string;
    place: { clusterId: string; namespace: string; serviceId: string; systemId: string };
  }) {
    this.farEnd = parts.farEnd;
    this.child = parts.child;
    this.port = parts.port;
    this.#folder = parts.folder;
    this.#place = parts.place;
  }

  static async open(): Promise<ConsoleHall> {
    const folder = await mkdtemp(path.join(os.tmpdir(), "shepherd-hall-"));
    const child = startChild("lib/processes/console.ts", [], {
      DATABASE_URL: process.env["DATABASE_URL"] ?? "",
      CONSOLE_PORT: "0",
      PUBLIC_BASE_URL: origin,
      UPLOAD_DIR: folder,
      RECORDINGS_DIR: folder,
      LOG_LEVEL: "trace",
    });
    const farEnd = await startFarEnd();
    const vm = await aRunningVm({ kubeconfig: farEnd.kubeconfig });
    const { clusterId, namespace, systemId } = vm;
    const { serviceId } = await db().vm.findUniqueOrThrow({
      where: { id: vm.id },
      select: { serviceId: true },
    });
    const { port } = readyLine.parse(JSON.parse(await child.lineMatching(/"console is ready"/)));
    const place = { clusterId, namespace, serviceId, systemId };
    return new ConsoleHall({ farEnd, child, port, folder, place });
  }

  async close(): Promise<void> {
    this.child.signal("SIGKILL");
    await this.child.ended;
    await closeChanges();
    await this.farEnd.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  get systemId(): string {
    return this.#place.systemId;
  }

  async aMachine(behave: Behaviour = echo): Promise<Machine> {
    const { systemId, ...place } = this.#place;
    this.#machines += 1;
    const vm = await aVm({ ...place, instance: String(this.#machines), status: "RUNNING" });
    this.farEnd.behaviours.set(vm.name, behave);
    return { ...vm, systemId };
  }

  aVisitor(): Promise<Visitor> {
    return aConsoleUser(this.#place.systemId);
  }

  issue({ ctx }: Visitor, vm: Machine, asked: Asked = {}): Promise<IssuedConsoleToken> {
    return inTransaction((tx) =>
      issueConsoleToken(tx, ctx, { vmId: vm.id, consoleType: "vnc", grant: null, ...asked }),
    );
  }

  /** A websocket as a browser opens it; what is given replaces what a browser would say. */
  dial(address: string, headers: Record<string, string>, protocols: string[] = []): WebSocket {
    const socket = new WebSocket(`ws://127.0.0.1:${this.port}${address}`, protocols, {
      perMessageDeflate: false,
      headers: { origin, ...headers },
    });
    socket.on("error", () => undefined);
    return socket;
  }

  async connect(
    visitor: Visitor,
    vm: Machine,
    asked: Asked = {},
  ): Promise<{ socket: WebSocket; jti: string; token: string }> {
    const { token, jti } = await this.issue(visitor, vm, asked);
    const address = consoleSocketPath(vm.id, asked.consoleType ?? "vnc");
    return { socket: this.dial(address, { cookie: cookiesOf(visitor, token) }), jti, token };
  }

  /** A browser that keeps to nothing: bare bytes after a right handshake, with an own session open. */
  async intrude(
    vm: Machine,
    { consoleType = "vnc" }: { consoleType?: ConsoleType } = {},
  ): Promise<{ wire: net.Socket; jti: string }> {
    const visitor = await this.aVisitor();
    const { token, jti } = await this.issue(visitor, vm, { consoleType });
    const address = consoleSocketPath(vm.id, consoleType);
    const wire = this.dialBare(upgradeText(address, { cookie: cookiesOf(visitor, token) }));
    await hears(wire, `\r\n\r\n`);
    return { wire, jti };
  }

  dialBare(text: string): net.Socket {
    const wire = net.connect(this.port, "127.0.0.1");
    wire.on("error", () => wire.destroy());
    wire.write(text);
    return wire;
  }

  /** What the console process occupies, in MiB. */
  residentMiB(): number {
    const status = readFileSync(`/proc/${this.child.pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1_024;
  }

  async isHealthy(): Promise<boolean> {
    return (await fetch(`http://127.0.0.1:${this.port}/health`)).status === 200;
  }

  async sessionCount(): Promise<number> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/health`);
    return z.object({ sessions: z.number() }).parse(await answer.json()).sessions;
  }
}

export const cookiesOf = ({ cookie }: Visitor, token: string) =>
  `session_id=${cookie}; vnc_bootstrap=${token}`;

export function upgradeText(address: string, headers: Record<string, string>, method = "GET"): string {
  const all = {
    host: "portal.example",
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    origin,
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `${method} ${address} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`;
}

/** Waits until the far side has said so, or has gone; answers all it said. */
export function hears(wire: net.Socket, words: string): Promise<string> {
  let heard = "";
  return new Promise((resolve) => {
    const listen = (bytes: Buffer) => {
      heard += bytes.toString("latin1");
      if (heard.includes(words)) finish();
    };
    const finish = () => {
      wire.off("data", listen);
      wire.off("close", finish);
      resolve(heard);
    };
    wire.on("data", listen);
    wire.once("close", finish);
  });
}

type Outcome = number | "opened" | "gone";

/** How it came out: the status or the close code with which it was refused, or that the machine was heard. */
export function outcomeOf(socket: WebSocket): Promise<Outcome> {
  return new Promise((resolve) => {
    socket.once("message", () => {
      resolve("opened");
      socket.terminate();
    });
    socket.once("close", (code) => resolve(code === 1006 ? "gone" : code));
    socket.once("unexpected-response", (_request, answer: { statusCode?: number; resume(): void }) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
  });
}

export const rowOf = (jti: string) => db().vncAccessToken.findUniqueOrThrow({ where: { jti } });
