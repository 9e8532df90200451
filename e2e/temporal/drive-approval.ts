import { setTimeout as pause } from "node:timers/promises";
import { closeClient } from "@/lib/adapters/temporal/connection";
import { runTemporalWorker } from "@/lib/adapters/temporal/run-temporal-worker";
import { db } from "@/lib/core/db";
import { env } from "@/lib/core/env";
import { inTransaction } from "@/lib/core/transaction";
import { lockTicket } from "@/lib/requests/store";
import { temporal } from "@/lib/requests/workflows/temporal/dispatcher";
import { readServer } from "@/lib/requests/workflows/temporal/read-server";
import {
  begin,
  conclude,
  findMove,
  receive,
  type Answer,
  type Memory,
  type Order,
} from "@/lib/requests/workflows/temporal/rules";
import { readDelivery } from "@/lib/requests/workflows/temporal/store";

/** What the worker does of it; only the worker and tests name its handlers. */
export interface Handlers {
  settleHappening: (order: Order) => Promise<Answer>;
  sendHappenings: (payload: { ticketId: string }) => Promise<void>;
}

/** Whoever leads the requests of a test until nothing is left to do but wait. */
export interface Driver {
  where: string;
  settle: (ticketId: string) => Promise<void>;
  close: () => Promise<void>;
}

/** The functions of the workflow as it runs them, with the real rows, in this process: everything of Temporal but its server. */
export function driveInProcess(handlers: Pick<Handlers, "settleHappening">): Driver & { forget: () => void } {
  const led = new Map<string, Memory>();
  return {
    where: "in this process, without a server",
    settle: async (ticketId) => {
      const delivery = plain(await readDelivery(db(), ticketId));
      if (delivery === null) return;
      const nowMs = Date.now();
      const known = led.get(ticketId) ?? (delivery.isPending ? begin(delivery.start, nowMs) : null);
      if (known === null) return;
      // Twice over, as a signal that is sent again.
      const told = receive(receive(known, delivery.words), delivery.words);
      led.set(ticketId, await runUntilWaiting(told, { ...handlers, nowMs }));
    },
    close: async () => led.clear(),
    forget: () => led.clear(),
  };
}

const patienceMs = 5_000;

/** Timers that are nearly over are not waited for: the clock is put forward. */
async function runUntilWaiting(
  memory: Memory,
  { nowMs, settleHappening }: Pick<Handlers, "settleHappening"> & { nowMs: number },
): Promise<Memory> {
  let known = plain(memory);
  let now = nowMs;
  for (;;) {
    const move = findMove(known, now);
    if (move.kind === "end") return known;
    if (move.kind === "apply") {
      const answer = await orderOften(move.order, settleHappening);
      known = plain(conclude(known, move.order, { answer, nowMs: now }));
      continue;
    }
    if (move.milliseconds === null || move.milliseconds > patienceMs) return known;
    await pause(move.milliseconds);
    now += move.milliseconds;
  }
}

/** Several workers may carry out one order; the last answer is as good as the first. */
async function orderOften(order: Order, settle: Handlers["settleHappening"]): Promise<Answer> {
  const answers = await Promise.all([1, 2, 3].map(() => settle(plain(order))));
  const answer = answers.at(-1);
  if (answer === undefined) throw new Error("nobody was ordered");
  return plain(answer);
}

/** What passes a server is JSON, dates and all. */
function plain<Value>(value: Value): Value {
  // The types that pass hold no dates that anybody reads.
  return JSON.parse(JSON.stringify(value)) as Value;
}

/** The same against a server that somebody runs, at TEMPORAL_ADDRESS. */
function driveByServer({ settleHappening, sendHappenings }: Handlers): Driver {
  const server = readServer();
  if (server === null) throw new Error("no address of a Temporal server");
  const abort = new AbortController();
  const workflowsPath = "lib/requests/workflows/temporal/run-approval.ts";
  const ended = runTemporalWorker(server, { workflowsPath, activities: { settleHappening } }, abort.signal);
  return {
    where: `at ${server.address}`,
    settle: async (ticketId) => {
      await sendHappenings({ ticketId });
      await waitUntilSettled(ticketId);
    },
    close: async () => {
      abort.abort();
      await ended;
      await closeClient();
    },
  };
}

async function waitUntilSettled(ticketId: string): Promise<void> {
  for (;;) {
    const rows = await db().$queryRaw<unknown[]>`
      SELECT 1 FROM approval_happenings WHERE ticket_id = ${ticketId} AND settled_at IS NULL
      UNION ALL SELECT 1 FROM approval_steps s JOIN approval_tickets k ON k.id = s.ticket_id
        WHERE k.id = ${ticketId} AND k.status = 'PENDING' AND s.status = 'ACTIVE' AND s.due_at <= now()`;
    if (rows.length === 0) return;
    await pause(100);
  }
}

/** A server, or none: what is asked from now on is led by Temporal. */
export function leadByTemporal(handlers: Handlers): Driver {
  const address = env().TEMPORAL_ADDRESS;
  if (address !== undefined) return driveByServer(handlers);
  env().TEMPORAL_ADDRESS = "127.0.0.1:1";
  return driveInProcess(handlers);
}

export function leadBuiltIn(): void {
  delete env().TEMPORAL_ADDRESS;
}

/** As if hours had passed: the rows say so, and whoever leads the request reads them again. */
export async function letHoursPass(ticketId: string): Promise<void> {
  await inTransaction(async (tx) => {
    await lockTicket(tx, ticketId);
    await tx.$executeRaw`
      UPDATE approval_steps SET due_at = due_at - interval '1000 hours' WHERE ticket_id = ${ticketId} AND due_at IS NOT NULL`;
    await temporal.retime(tx, ticketId);
  });
}
