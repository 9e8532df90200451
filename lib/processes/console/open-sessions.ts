import { listenForChanges, type Change } from "@/lib/core/changes";
import type { ConsoleSession } from "./console-session";

const perPersonMax = 10;
const perProcessMax = 2_000;
/** After a gap in the news everybody asks again, spread over this time. */
const spreadMs = 3_000;

/** The sessions this process carries: how many there may be, and which of them a change concerns. */
export class OpenSessions {
  readonly #sessions = new Set<ConsoleSession>();
  readonly #bySubject = new Map<string, Set<ConsoleSession>>();
  readonly #placesTaken = new Map<string, number>();
  #total = 0;
  readonly #stopListening: () => void;

  constructor() {
    this.#stopListening = listenForChanges(
      (change) => this.#tell(change),
      () => this.#recheckAll(),
    );
  }

  get count(): number {
    return this.#sessions.size;
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

  add(session: ConsoleSession): void {
    this.#sessions.add(session);
    for (const key of keysOf(session)) {
      const same = this.#bySubject.get(key) ?? new Set();
      this.#bySubject.set(key, same.add(session));
    }
  }

  remove(session: ConsoleSession): void {
    this.#sessions.delete(session);
    for (const key of keysOf(session)) {
      const same = this.#bySubject.get(key);
      same?.delete(session);
      if (same?.size === 0) this.#bySubject.delete(key);
    }
  }

  /** Ends all of them and waits until their ends are recorded. */
  async endAll(): Promise<void> {
    this.#stopListening();
    const ended = [...this.#sessions].map((session) => {
      session.end("shutdown");
      return session.ended;
    });
    await Promise.all(ended);
  }

  #tell({ kind, id }: Change): void {
    for (const session of this.#bySubject.get(`${kind}/${id}`) ?? []) session.recheck();
  }

  #recheckAll(): void {
    for (const session of this.#sessions)
      setTimeout(() => session.recheck(), Math.random() * spreadMs).unref();
  }
}

function keysOf(session: ConsoleSession): string[] {
  return Object.entries(session.subjects).map(([kind, id]) => `${kind}/${id}`);
}
