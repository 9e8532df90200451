export interface Fault {
  /** Every answer waits this long. */
  latencyMs?: number;
  /** Answers this status instead of doing the call. */
  status?: number;
  retryAfterSeconds?: number;
  /** How often the status is answered; all calls when absent. */
  percent?: number;
  /** Accepts the call and never answers. */
  hang?: boolean;
  /** Does the call, then cuts the connection without answering. */
  dropAnswer?: boolean;
  watchReset?: boolean;
  /** Watches stay open and say nothing more. */
  watchHalfOpen?: boolean;
  watch410?: boolean;
  corruptLine?: boolean;
  virtApiDown?: boolean;
  /** Takes the cluster's revision back by this many, as a restored backup does. */
  rvBackwards?: number;
  /** Stops listening for this many milliseconds. */
  refuse?: number;
  /** Only paths that match this regular expression (path and query). */
  path?: string;
  method?: string;
  /** Ends after this many hits. */
  times?: number;
}

type FaultName = Exclude<keyof Fault, "path" | "method" | "times" | "percent" | "retryAfterSeconds">;

interface ActiveFault {
  fault: Fault;
  since: number;
  pattern: RegExp | undefined;
  hits: number;
}

export class Faults {
  #active: ActiveFault[] = [];
  #onChange = new Set<() => void>();

  /** Adds to the faults already set; `clear` ends all. */
  set(...faults: Fault[]): void {
    for (const fault of faults) {
      const pattern = fault.path === undefined ? undefined : new RegExp(fault.path);
      this.#active.push({ fault, since: Date.now(), pattern, hits: 0 });
    }
    for (const listener of this.#onChange) listener();
  }

  clear(): void {
    this.#active = [];
    for (const listener of this.#onChange) listener();
  }

  current(): Fault[] {
    return this.#active.filter((one) => !isSpent(one)).map((one) => one.fault);
  }

  onChange(listener: () => void): void {
    this.#onChange.add(listener);
  }

  /** The fault that meets this call, if any; asking counts as a hit. */
  take(name: FaultName, method: string, target: string): Fault | undefined {
    const found = this.#active.find((one) => meets(one, name, method, target));
    if (!found) return undefined;
    const { percent } = found.fault;
    if (name === "status" && percent !== undefined && Math.random() * 100 >= percent) return undefined;
    found.hits += 1;
    return found.fault;
  }

  /** Whether such a fault is on, without counting a hit. */
  has(name: FaultName, method: string, target: string): boolean {
    return this.#active.some((one) => meets(one, name, method, target));
  }

  /** For how long the fault that meets this call has been on. */
  ageOf(name: FaultName, method: string, target: string): number {
    const found = this.#active.find((one) => meets(one, name, method, target));
    return found ? Date.now() - found.since : 0;
  }

  /** The faults of a kind that act once, at the moment they are set. */
  takeImmediate(name: "refuse" | "rvBackwards"): number | undefined {
    const found = this.#active.find((one) => one.fault[name] !== undefined && one.hits === 0);
    if (!found) return undefined;
    found.hits += 1;
    return found.fault[name];
  }
}

function isSpent(one: ActiveFault): boolean {
  if (one.fault.refuse !== undefined || one.fault.rvBackwards !== undefined) return one.hits > 0;
  return one.fault.times !== undefined && one.hits >= one.fault.times;
}

function meets(one: ActiveFault, name: FaultName, method: string, target: string): boolean {
  const value = one.fault[name];
  if (value === undefined || value === false || isSpent(one)) return false;
  if (one.fault.method !== undefined && one.fault.method.toUpperCase() !== method) return false;
  return one.pattern === undefined || one.pattern.test(target);
}
