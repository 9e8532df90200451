import { once } from "node:events";
import type { RawData, WebSocket } from "ws";
import { greeting } from "./behaviours";
import type { ConsoleHall } from "./console-hall";

/** Somebody at a quiet machine, who must notice nothing. */
export class Bystander {
  readonly #socket: WebSocket;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static async at(hall: ConsoleHall): Promise<Bystander> {
    const { socket } = await hall.connect(await hall.aVisitor(), await hall.aMachine());
    const [bytes] = (await once(socket, "message")) as [RawData]; // ws types its events by name only.
    if (String(bytes) !== greeting) throw new Error("the bystander was not let in");
    return new Bystander(socket);
  }

  /** Whether what is said still comes back. */
  isHeard(word: string): Promise<boolean> {
    const turn = this.#turn.then(() => this.#say(word));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #say(word: string): Promise<boolean> {
    const signal = AbortSignal.timeout(10_000);
    const answered = once(this.#socket, "message", { signal });
    this.#socket.send(Buffer.from(word));
    const [bytes] = (await answered) as [RawData]; // ws types its events by name only.
    return String(bytes) === word;
  }

  leave(): void {
    this.#socket.terminate();
  }
}
