import { once } from "node:events";
import { WebSocket, type RawData } from "ws";
import { aConsoleUser, aRunningVm, type SignedIn } from "@/e2e/factories/console";
import { aVm } from "@/e2e/factories/vm";
import { issueConsoleToken } from "@/lib/console/issue-console-token";
import { consoleSocketPath } from "@/lib/console/rules";
import { db } from "@/lib/core/db";
import { inTransaction } from "@/lib/core/transaction";

interface Visitor {
  ctx: SignedIn;
  cookie: string;
}

interface Place {
  clusterId: string;
  namespace: string;
  systemId: string;
  serviceId: string;
}

/** People who open consoles, each a few and each of a machine of its own: one console has room for one person. */
export class Visitors {
  readonly #place: Place;
  readonly #port: number;
  readonly #origin: string;
  #machines = 1;
  #current: { visitor: Visitor; sessionsLeft: number } | undefined;

  private constructor(place: Place, port: number, origin: string) {
    this.#place = place;
    this.#port = port;
    this.#origin = origin;
  }

  static async to(kubeconfig: string, port: number, origin: string): Promise<Visitors> {
    const { id, clusterId, namespace, systemId } = await aRunningVm({ kubeconfig });
    const { serviceId } = await db().vm.findUniqueOrThrow({ where: { id }, select: { serviceId: true } });
    return new Visitors({ clusterId, namespace, systemId, serviceId }, port, origin);
  }

  /** A session through the proxy, from the token to the open websocket. */
  async connect(): Promise<WebSocket> {
    const { ctx, cookie } = await this.#nextVisitor();
    const { clusterId, namespace, serviceId } = this.#place;
    this.#machines += 1;
    const instance = String(this.#machines);
    const vm = await aVm({ clusterId, namespace, serviceId, instance, status: "RUNNING" });
    const { token } = await inTransaction((tx) =>
      issueConsoleToken(tx, ctx, { vmId: vm.id, consoleType: "vnc", grant: null }),
    );
    return openSocket(`ws://127.0.0.1:${this.#port}${consoleSocketPath(vm.id, "vnc")}`, {
      cookie: `session_id=${cookie}; vnc_bootstrap=${token}`,
      origin: this.#origin,
    });
  }

  async #nextVisitor(): Promise<Visitor> {
    if (this.#current === undefined || this.#current.sessionsLeft === 0) {
      this.#current = { visitor: await aConsoleUser(this.#place.systemId), sessionsLeft: 10 };
    }
    this.#current.sessionsLeft -= 1;
    return this.#current.visitor;
  }
}

export async function openSocket(url: string, headers: Record<string, string> = {}): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false, headers });
  await once(socket, "open");
  socket.on("error", () => undefined);
  return socket;
}

/** Seconds until that many bytes have come. */
export async function receive(socket: WebSocket, order: { bytes: number; frame: number }): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once("close", reject);
  let left = order.bytes;
  const count = (bytes: RawData) => {
    left -= (bytes as Buffer).length; // ws gives Buffers unless told otherwise.
    if (left <= 0) resolve();
  };
  socket.on("message", count);
  const begun = performance.now();
  socket.send(Buffer.from(JSON.stringify(order)));
  await promise;
  return (performance.now() - begun) / 1000;
}

/** Milliseconds from sending a key press to having it back, of each of so many. */
export async function echo(socket: WebSocket, times: number): Promise<number[]> {
  const keyPress = Buffer.alloc(8, 4);
  const waits: number[] = [];
  await answerTo(socket, Buffer.from(JSON.stringify({ bytes: 0, frame: 0 })));
  for (let count = 0; count < times; count += 1) {
    const begun = performance.now();
    await answerTo(socket, keyPress);
    waits.push(performance.now() - begun);
  }
  return waits;
}

function answerTo(socket: WebSocket, message: Buffer): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once("message", () => resolve());
  socket.once("close", reject);
  socket.send(message);
  return promise.finally(() => socket.off("close", reject));
}
