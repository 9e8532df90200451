import { randomBytes } from "node:crypto";

export type DeskKind = "webhook" | "servicenow" | "jira";
export type ItemState = "pending" | "approved" | "rejected" | "cancelled";

/** One request as it lies at a desk. */
export interface Item {
  ticketId: string;
  /** The key under which it is one question. */
  reference: string;
  kind: DeskKind;
  /** WD-1, CHG0000001 or SHEP-1. */
  key: string;
  /** ServiceNow's sys_id. */
  recordId: string;
  title: string;
  description: string;
  body: Record<string, unknown>;
  state: ItemState;
  changes: Change[];
  /** How often it was sent. */
  arrivals: number;
}

export interface Change {
  id: number;
  to: ItemState;
  by: string;
  comment: string;
}

/** What a desk does instead of answering as it should. */
export interface Faults {
  /** Connections are dropped. */
  down: boolean;
  delayMs: number;
  /** Answered with this status, so many times; null: not at all. */
  status: number | null;
  times: number;
  /** The request is taken in and the answer never comes. */
  swallowAnswers: boolean;
  /** The request is taken in, and the line stays open without an answer. */
  holdAnswers: boolean;
}

const healthy: Faults = {
  ...{ down: false, delayMs: 0, status: null, times: 0 },
  ...{ swallowAnswers: false, holdAnswers: false },
};

/** What lies at the three desks, and how they behave. */
export class Board {
  readonly items: Item[] = [];
  readonly calls: Record<DeskKind, number> = { webhook: 0, servicenow: 0, jira: 0 };
  private readonly faultsOf: Record<DeskKind, Faults> = {
    webhook: { ...healthy },
    servicenow: { ...healthy },
    jira: { ...healthy },
  };
  private changeCount = 0;

  faults(kind: DeskKind): Faults {
    return this.faultsOf[kind];
  }

  setFaults(kind: DeskKind, faults: Partial<Faults>): void {
    this.faultsOf[kind] = { ...healthy, ...faults };
  }

  add(kind: DeskKind, asked: Pick<Item, "ticketId" | "reference" | "title" | "description" | "body">): Item {
    const number = this.items.filter((item) => item.kind === kind).length + 1;
    const item: Item = {
      ...asked,
      kind,
      key: keyOf(kind, number),
      recordId: randomBytes(16).toString("hex"),
      state: "pending",
      changes: [],
      arrivals: 1,
    };
    this.items.push(item);
    return item;
  }

  find(kind: DeskKind, isIt: (item: Item) => boolean): Item | undefined {
    return this.items.find((item) => item.kind === kind && isIt(item));
  }

  move(item: Item, to: ItemState, said: { by: string; comment?: string }): void {
    item.state = to;
    item.changes.push({ id: (this.changeCount += 1), to, by: said.by, comment: said.comment ?? "" });
  }

  forget(ticketId: string): void {
    for (let at = this.items.length - 1; at >= 0; at -= 1) {
      if (this.items[at]?.ticketId === ticketId) this.items.splice(at, 1);
    }
  }
}

function keyOf(kind: DeskKind, number: number): string {
  if (kind === "servicenow") return `CHG${String(number).padStart(7, "0")}`;
  return `${kind === "jira" ? "SHEP" : "WD"}-${number}`;
}

/** A reference is the ticket, with a number behind a dot where it was asked anew. */
export function ticketOf(reference: string): string {
  return reference.split(".")[0] ?? reference;
}
