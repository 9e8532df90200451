import type { WebSocket } from "ws";
import { closeCodes, type ConsoleEnding, type ConsoleType } from "@/lib/console/rules";
import { asBuffer } from "./as-buffer";
import { closeReason } from "./close-reason";
import type { FromRelay } from "./relay-messages";
import { StepReader, type Steps } from "./rfb/step-reader";
import type { SessionParts } from "./relayed-session";
import { isMisuse, sayGoodbye } from "./say-goodbye";
import { greeting, oldSecurity, securityChoice, securityResult } from "./sharing/rfb-words";
import type { Observer } from "./sharing/shared-stream";

const pingMs = 10_000;
const silentMs = 3 * pingMs + 1_000;
/** Whoever watches over a slow line is dropped; whoever has the console is never held up for them. */
const unsentBytesMax = 2 * 1024 * 1024;
const passedOver = 1024 * 1024;

/** The watched session's side of it. */
export interface Watched {
  watch(observer: Observer): void;
  leave(observer: Observer): void;
}

/** Somebody who watches another one's session: what they send reaches nobody. */
export class ObserverSession implements Observer {
  readonly #id: number;
  readonly #browser: WebSocket;
  readonly #watched: Watched;
  readonly #post: (message: FromRelay) => void;
  readonly #pings: NodeJS.Timeout;
  #ending: ConsoleEnding | undefined;
  #bytesSent = 0;
  #bytesReceived = 0;
  #seenAt = performance.now();

  constructor(
    { id, browser, post }: Pick<SessionParts, "id" | "browser" | "post">,
    watched: Watched,
    consoleType: ConsoleType,
  ) {
    this.#id = id;
    this.#browser = browser;
    this.#watched = watched;
    this.#post = post;
    this.#pings = setInterval(() => this.#ping(), pingMs);
    browser.on("error", (error) => this.end(isMisuse(error) ? "misused" : "closed"));
    browser.once("close", () => this.end("closed"));
    browser.on("pong", () => (this.#seenAt = performance.now()));
    const reader = consoleType === "vnc" ? new StepReader(this.#greet()) : null;
    browser.on("message", (received, isBinary) => {
      const bytes = asBuffer(received);
      this.#bytesReceived += bytes.length;
      this.#seenAt = performance.now();
      if (!isBinary) return this.end("misused");
      reader?.push(bytes);
      if (reader?.trouble != null) this.end("misused");
    });
    if (reader === null) watched.watch(this);
  }

  get traffic() {
    return { id: this.#id, bytesSent: this.#bytesSent, bytesReceived: this.#bytesReceived };
  }

  feed(bytes: Buffer): void {
    if (this.#ending !== undefined || this.#browser.readyState !== this.#browser.OPEN) return;
    this.#bytesSent += bytes.length;
    this.#browser.send(bytes, { binary: true });
    if (this.#browser.bufferedAmount > unsentBytesMax) this.end("too_slow");
  }

  end(ending: ConsoleEnding): void {
    if (this.#ending !== undefined) return;
    this.#ending = ending;
    clearInterval(this.#pings);
    this.#watched.leave(this);
    void sayGoodbye(this.#browser, closeCodes[ending], closeReason(ending)).then(() => {
      this.#post({ kind: "ended", ending, ...this.traffic });
    });
  }

  /** The introduction that a screen expects, and after it nothing of what it sends. */
  *#greet(): Steps {
    this.feed(greeting);
    const version = /^RFB 003\.(\d{3})\n$/.exec((yield greeting.length).toString("latin1"));
    if (version === null) return "no RFB";
    const minor = Number(version[1]);
    this.feed(minor >= 7 ? securityChoice : oldSecurity);
    if (minor >= 7 && (yield 1).readUInt8() !== 1) return "security";
    if (minor >= 8) this.feed(securityResult);
    yield 1;
    this.#watched.watch(this);
    for (;;) yield -passedOver;
  }

  #ping(): void {
    if (performance.now() - this.#seenAt > silentMs) return this.end("closed");
    if (this.#browser.readyState === this.#browser.OPEN) this.#browser.ping();
  }
}
