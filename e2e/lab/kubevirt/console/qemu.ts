import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WebSocket } from "ws";
import type { Cluster } from "../cluster";
import { phaseOf } from "../controllers/machine-facts";
import { instanceKind } from "../kinds";
import type { KubeObject } from "../objects";
import { makeBootFloppy } from "./guest-program";
import { toBuffer } from "./websockets";

const program = "qemu-system-x86_64";
const patienceMs = 5000;

/** Real guests: one small emulated PC per running instance, booted from a floppy, whose own VNC server is relayed. */
export class QemuGuests {
  readonly #folder = mkdtempSync(join(tmpdir(), "lab-qemu-"));
  readonly #floppy = join(this.#folder, "boot.img");
  readonly #processes = new Map<string, ChildProcess>();

  constructor() {
    writeFileSync(this.#floppy, makeBootFloppy());
  }

  static isInstalled(): boolean {
    return spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
  }

  watch(cluster: Cluster): void {
    cluster.store.onEvent(({ type, kind, object }) => {
      if (kind !== instanceKind) return;
      const { uid } = object.metadata;
      if (type !== "DELETED" && phaseOf(object) === "Running") this.#start(uid, object.metadata.name);
      else if (this.#processes.has(uid)) this.#end(uid);
    });
    for (const instance of cluster.store.list(instanceKind)) {
      if (phaseOf(instance) === "Running") this.#start(instance.metadata.uid, instance.metadata.name);
    }
  }

  /** Joins a websocket to the guest's VNC server; false when there is no such guest. */
  relay(instance: KubeObject, webSocket: WebSocket): boolean {
    const { uid } = instance.metadata;
    if (!this.#processes.has(uid)) return false;
    const waiting: Buffer[] = [];
    let write = (bytes: Buffer): void => void waiting.push(bytes);
    webSocket.on("message", (data, isBinary) => {
      if (isBinary) write(toBuffer(data));
    });
    this.#connect(uid, Date.now() + patienceMs, webSocket, (next) => {
      for (const bytes of waiting) next(bytes);
      write = next;
    });
    return true;
  }

  stop(): void {
    for (const uid of [...this.#processes.keys()]) this.#end(uid);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #connect(
    uid: string,
    until: number,
    webSocket: WebSocket,
    onWriter: (write: (bytes: Buffer) => void) => void,
  ): void {
    const socket = createConnection(this.#socketPath(uid));
    socket.on("connect", () => onWriter((bytes) => void socket.write(bytes)));
    socket.on("data", (bytes) => webSocket.send(bytes));
    socket.on("close", (hadError) => {
      if (!hadError) webSocket.close(1000);
    });
    // A guest that has just been started has not opened its socket yet.
    socket.on("error", () => {
      if (Date.now() > until || webSocket.readyState !== webSocket.OPEN) webSocket.terminate();
      else setTimeout(() => this.#connect(uid, until, webSocket, onWriter), 100).unref();
    });
    webSocket.on("close", () => socket.destroy());
  }

  #start(uid: string, name: string): void {
    if (this.#processes.has(uid)) return;
    const hardware = ["-machine", "pc", "-m", "64", "-vga", "std", "-nodefaults", "-boot", "order=a"];
    const disk = ["-drive", `if=floppy,format=raw,readonly=on,file=${this.#floppy}`];
    const display = ["-display", "none", "-vnc", `unix:${this.#socketPath(uid)}`];
    const guest = spawn(program, ["-name", name, ...hardware, ...disk, ...display], { stdio: "ignore" });
    guest.on("error", () => this.#processes.delete(uid));
    guest.on("exit", () => this.#processes.delete(uid));
    this.#processes.set(uid, guest);
  }

  #end(uid: string): void {
    this.#processes.get(uid)?.kill("SIGKILL");
    this.#processes.delete(uid);
  }

  // The path of a UNIX socket may hold about a hundred characters, so only part of the uid is used.
  #socketPath(uid: string): string {
    return join(this.#folder, `${uid.slice(0, 13)}.vnc`);
  }
}
