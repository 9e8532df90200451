import type { Context } from "@/lib/core/context";
import { env } from "@/lib/core/env";
import type { Tx } from "@/lib/core/transaction";
import type { Ticket } from "../store";
import { readStanding } from "./read-standing";
import { runSteps, type Told } from "./run-steps";
import { temporal } from "./temporal/dispatcher";

/** Where a request stands in its steps; `pending` says that the answer comes later. */
export type Standing = "waiting" | "approved" | "rejected" | "pending";

/**
 * Who leads requests through their steps. What may happen is decided by `advance`; a dispatcher says where and when that is
 * applied. Everything is told in the caller's transaction, under the ticket's lock.
 */
export interface Dispatcher {
  name: string;
  /** The steps have been written and wait; the first begins. */
  submit(tx: Tx, ctx: Context, ticket: Ticket): Promise<Standing>;
  /** Null where it changed nothing, because it came too late or twice. */
  signal(tx: Tx, ctx: Context, told: Told): Promise<Standing | null>;
  cancel(tx: Tx, ctx: Context, told: { ticket: Ticket; reason: string }): Promise<void>;
  getStatus(tx: Tx, ticketId: string): Promise<Standing>;
  /** The time limits in the rows were paused, or go on. */
  retime(tx: Tx, ticketId: string): Promise<void>;
}

/** The steps advance in PostgreSQL, in the transaction in which the word is said. */
export const builtIn: Dispatcher = {
  name: "built-in",
  submit: async (tx, ctx, ticket) =>
    (await runSteps(tx, ctx, { ticket, happening: { kind: "begin" } })) ?? "waiting",
  signal: runSteps,
  cancel: async (tx, ctx, { ticket, reason }) => {
    await runSteps(tx, ctx, { ticket, happening: { kind: "withdraw", reason } });
  },
  getStatus: readStanding,
  retime: async () => {},
};

/** Which one leads a ticket; the name is frozen with its steps. */
export function dispatcherOf({ dispatcher }: Pick<Ticket, "dispatcher">): Dispatcher {
  return dispatcher === temporal.name ? temporal : builtIn;
}

/** Which one leads what is asked from now on. */
export function chooseDispatcher(): Dispatcher {
  return env().TEMPORAL_ADDRESS === undefined ? builtIn : temporal;
}
