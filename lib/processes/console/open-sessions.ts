import { listenForChanges, type Change } from "@/lib/core/changes";
import type { ConsoleSession } from "./console-session";

const perPersonMax = 10;
const perProcessMax = 2_000;
/** After a gap in the news everybody asks again, spread over this time. */
const spreadMs = 3_000;

/** The sessions this process carries: how many there may be, and which of them a change concerns. */
export class OpenSessions {
  readonly #sessions = new Map<number, ConsoleSession>();
  /** By the token it was opened with. */
  readonly #idByJti = new Map<string, number>();
  readonly #bySubject = new Map<string, Set<ConsoleSession>>();
  readonly #placesTaken = new Map<string, number>();
  readonly #stopListening: () => void;
  #total = 0;
  #whenEmpty: (() => void) | undefined;

  constructor() {
    this.#stopListening = listenForChanges(
      (change) => this.#tell(change),
      () => this.#recheckAll(),
    );
  }

  get count(): number {
    return this.#sessions.size;
  }

  get(id: number): ConsoleSession | undefined {
    return this.#sessions.get(id);
  }

  /** The number of the session that a token opened here. */
  idOf(jti: string): number | undefined {
    return this.#idByJti.get(jti);
  }

  /** Takes a place before the token is spent; false when the person or the process has too many open. */
  takePlace(userId: string): boolean {
    const taken = this.#placesTaken.get(userId) ?? 0;
    if (taken >= perPersonMax || this.#total >= perProcessMax) return false;
    this.#placesTaken.set(userId, taken + 1);
    this.#total += 1;
    return true;
  }

  freePlace(userId: string): void {
    const taken = (this.#placesTaken.get(userId) ?? 1) - 1;
    if (taken === 0) this.#placesTaken.delete(userId);
    else this.#placesTaken.set(userId, taken);
    this.#total -= 1;
  }

  add(id: number, session: ConsoleSession): void {
    this.#sessions.set(id, session);
    this.#idByJti.set(session.subjects.console, id);
    for (const key of keysOf(session)) {
      const same = this.#bySubject.get(key) ?? new Set();
      this.#bySubject.set(key, same.add(session));
    }
  }

  /** Its sockets are closed and its end is on record. */
  remove(id: number): void {
    const session = this.#sessions.get(id);
    if (session === undefined) return;
    this.#sessions.delete(id);
    this.#idByJti.delete(session.subjects.console);
    this.freePlace(session.userId);
    for (const key of keysOf(session)) {
      const same = this.#bySubject.get(key);
      same?.delete(session);
      if (same?.size === 0) this.#bySubject.delete(key);
    }
    if (this.#sessions.size === 0) this.#whenEmpty?.();
  }

  /** Ends all of them and waits until their ends are recorded. */
  async endAll(): Promise<void> {
    this.#stopListening();
    if (this.#sessions.size === 0) return;
    const empty = new Promise<void>((resolve) => (this.#whenEmpty = resolve));
    for (const session of this.#sessions.values()) session.cut("shutdown");
    await empty;
  }

  #tell({ kind, id }: Change): void {
    for (const session of this.#bySubject.get(`${kind}/${id}`) ?? []) session.recheck();
  }

  #recheckAll(): void {
    for (const session of this.#sessions.values()) {
      setTimeout(() => session.recheck(), Math.random() * spreadMs).unref();
    }
  }
}

function keysOf(session: ConsoleSession): string[] {
  return Object.entries(session.subjects).map(([kind, id]) => `${kind}/${id}`);
}
