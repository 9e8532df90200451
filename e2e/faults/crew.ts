import { db } from "@/lib/core/db";
import { startWorkerProcess, type WorkerProcess } from "./worker-process";

/** Several real workers; each that is killed is followed by a fresh one. */
export class Crew {
  #ready: WorkerProcess[] = [];
  #starting = new Set<Promise<void>>();

  constructor(private readonly size: number) {}

  /** Waits until so many of them can work. */
  async muster(count: number): Promise<void> {
    while (this.#ready.length + this.#starting.size < this.size) this.#recruit();
    while (this.#ready.length < count) await Promise.race(this.#starting);
  }

  /** Who works on the event right now; whoever `pick` chooses when nobody does. */
  async workingOn(eventId: string, pick: (count: number) => number): Promise<WorkerProcess> {
    const event = await db().domainEvent.findUniqueOrThrow({
      where: { id: eventId },
      select: { leaseOwner: true },
    });
    const holder = this.#ready.find(({ workerId }) => workerId === event.leaseOwner);
    const chosen = holder ?? this.#ready[pick(this.#ready.length)];
    if (chosen === undefined) throw new Error("no worker is left");
    return chosen;
  }

  /** kill -9, and a fresh one begins to start. */
  kill(worker: WorkerProcess): void {
    worker.signal("SIGKILL");
    this.#ready = this.#ready.filter((one) => one !== worker);
    this.#recruit();
  }

  async dismiss(): Promise<void> {
    await Promise.all(this.#starting);
    for (const worker of this.#ready) worker.signal("SIGKILL");
    await Promise.all(this.#ready.map(({ ended }) => ended));
  }

  #recruit(): void {
    const start = startWorkerProcess().then((worker) => {
      this.#ready.push(worker);
      this.#starting.delete(start);
    });
    this.#starting.add(start);
  }
}
