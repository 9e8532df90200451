import pg from "pg";
import { z } from "zod";

const notice = z.object({ kind: z.string(), id: z.string() });

/** When each machine's row was committed anew, as PostgreSQL announces it to whoever listens. */
export class Commits {
  readonly #client: pg.Client;
  #at = new Map<string, number[]>();

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async listen(connectionString: string): Promise<Commits> {
    const commits = new Commits(new pg.Client({ connectionString }));
    commits.#client.on("notification", ({ payload }) => commits.#read(payload));
    await commits.#client.connect();
    await commits.#client.query("LISTEN shepherd_changes");
    return commits;
  }

  of(vmId: string): number[] {
    return this.#at.get(vmId) ?? [];
  }

  forget(): void {
    this.#at = new Map();
  }

  close(): Promise<void> {
    return this.#client.end();
  }

  #read(payload: string | undefined): void {
    const at = performance.timeOrigin + performance.now();
    const { kind, id } = notice.parse(JSON.parse(payload ?? "null"));
    if (kind === "vm") this.#at.set(id, [...this.of(id), at]);
  }
}
