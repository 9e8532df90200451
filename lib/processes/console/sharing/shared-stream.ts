import type { ConsoleEnding } from "@/lib/console/rules";

/** Somebody who sees what passes and reaches nothing. */
export interface Observer {
  feed(bytes: Buffer): void;
  end(ending: ConsoleEnding): void;
}

/** What one session shows, for the person who has it and for those who watch. */
export interface SharedStream {
  /** What the cluster said, as it goes to the person who has the console. */
  fromServer(bytes: Buffer): void;
  /** What that person said, as it goes to the cluster. */
  fromClient(bytes: Buffer): Buffer;
  watch(observer: Observer): void;
  leave(observer: Observer): void;
  /** The session is over, and so is watching it. */
  end(): void;
}
