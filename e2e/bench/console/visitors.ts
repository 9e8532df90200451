import { once } from "node:events";
import { WebSocket, type RawData } from "ws";
import { aConsoleUser, aRunningVm, type SignedIn } from "@/e2e/factories/console";
import { issueConsoleToken } from "@/lib/console/issue-console-token";
import { consoleSocketPath } from "@/lib/console/rules";
import { inTransaction } from "@/lib/core/transaction";

interface Visitor {
  ctx: SignedIn;
  cookie: string;
}

/** People who may open one VM's console, each for a few sessions. */
export class Visitors {
  readonly #vm: { id: string; systemId: string };
  readonly #port: number;
  readonly #origin: string;
  #current: { visitor: Visitor; sessionsLeft: number } | undefined;

  private constructor(vm: { id: string; systemId: string }, port: number, origin: string) {
    this.#vm = vm;
    this.#port = port;
    this.#origin = origin;
  }

  static async to(kubeconfig: string, port: number, origin: string): Promise<Visitors> {
    return new Visitors(await aRunningVm({ kubeconfig }), port, origin);
  }

  /** A session through the proxy, from the token to the open websocket. */
  async connect(): Promise<WebSocket> {
    const { ctx, cookie } = await this.#nextVisitor();
    const { token } = await inTransaction((tx) =>
      issueConsoleToken(tx, ctx, { vmId: this.#vm.id, consoleType: "vnc", grant: null }),
    );
    return openSocket(`ws://127.0.0.1:${this.#port}${consoleSocketPath(this.#vm.id, "vnc")}`, {
      cookie: `session_id=${cookie}; vnc_bootstrap=${token}`,
      origin: this.#origin,
    });
  }

  async #nextVisitor(): Promise<Visitor> {
    if (this.#current === undefined || this.#current.sessionsLeft === 0) {
      this.#current = { visitor: await aConsoleUser(this.#vm.systemId), sessionsLeft: 10 };
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
