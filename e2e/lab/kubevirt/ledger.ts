export interface LedgerEntry {
  at: string;
  method: string;
  path: string;
  namespace: string;
  name: string;
  kind: string;
  user: string;
  fieldManager: string;
  dryRun: boolean;
  status: number;
  /** Whether the call changed what is stored. */
  effective: boolean;
  requestId: string;
}

const longestLedger = 100_000;

/** Every call that meant to change something, and a count of all calls. */
export class Ledger {
  #entries: LedgerEntry[] = [];
  #counts: Record<string, number> = {};

  record(entry: LedgerEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length > longestLedger) this.#entries.splice(0, longestLedger / 10);
  }

  count(verb: string, resource: string): void {
    const key = `${verb} ${resource}`;
    this.#counts[key] = (this.#counts[key] ?? 0) + 1;
  }

  entries(): LedgerEntry[] {
    return [...this.#entries];
  }

  /** For instance `{"watch virtualmachines": 1, "update virtualmachines/start": 2}`. */
  requests(): Record<string, number> {
    return { ...this.#counts };
  }

  clear(): void {
    this.#entries = [];
    this.#counts = {};
  }
}
