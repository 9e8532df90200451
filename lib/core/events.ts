import { z } from "zod";
import type { Prisma } from "@/prisma/generated/client";
import type { EventType, OperationStep } from "@/lib/vocabulary/event-types";
import { actorId, type Context } from "./context";
import { db } from "./db";
import { AppError } from "./errors";
import { newId } from "./ids";
import { defineJob, enqueue } from "./jobs";
import { defineMachine, type MoveOf } from "./state-machine";
import type { Tx } from "./transaction";

/** Spec §4 DomainEvent. */
export const eventMachine = defineMachine({
  name: "event",
  states: ["PENDING", "PROCESSING", "COMPLETED", "FAILED", "CANCELLED"],
  initial: "PENDING",
  moves: {
    process: { from: ["PENDING"], to: "PROCESSING" },
    complete: { from: ["PROCESSING"], to: "COMPLETED" },
    fail: { from: ["PROCESSING"], to: "FAILED" },
    cancel: { from: ["PENDING"], to: "CANCELLED" },
  },
});

export interface NewEvent {
  id?: string;
  type: EventType;
  aggregate: { type: string; id: string };
  /** Immutable from here on. */
  payload: Record<string, unknown>;
  /** PROCESSING is for what needs no decision; it is due at once. */
  status?: "PENDING" | "PROCESSING" | "COMPLETED";
}

/** Opens the claim check of an operation and returns its id. */
export async function openEvent(tx: Tx, ctx: Context, event: NewEvent): Promise<string> {
  const id = event.id ?? newId();
  const status = event.status ?? "PENDING";
  await tx.domainEvent.create({
    data: {
      id,
      eventType: event.type,
      aggregateType: event.aggregate.type,
      aggregateId: event.aggregate.id,
      // Payloads are built from parsed input, which is JSON.
      payload: event.payload as Prisma.InputJsonObject,
      requestedBy: actorId(ctx.actor),
      requestId: ctx.requestId,
      status,
      dueAt: status === "PROCESSING" ? ctx.now : null,
      startedAt: status === "PROCESSING" ? ctx.now : null,
      processedAt: status === "COMPLETED" ? ctx.now : null,
    },
    select: { id: true },
  });
  return id;
}

/**
 * Work may begin: the event is due at once, by the database's clock.
 * @param clusterId where the work is done, for its permit there; null where no cluster is asked
 */
export async function startEvent(tx: Tx, eventId: string, clusterId: string | null = null): Promise<void> {
  const moved = await tx.$executeRaw`
    UPDATE domain_events SET status = 'PROCESSING', due_at = now(), started_at = now(), cluster_id = ${clusterId}
    WHERE id = ${eventId} AND status = 'PENDING'`;
  if (moved === 0) throw new AppError("INVALID_STATE", { object: "event", move: "process" });
}

/** Tells the rooms to the right that an operation has ended; processes/subscriptions.ts says who listens. */
export const spreadNews = defineJob({
  name: "events.spread-news",
  payload: z.strictObject({ eventId: z.string() }),
  retryLimit: 20,
});

type Ending = Exclude<MoveOf<typeof eventMachine>, "process">;

/**
 * Ends an event and enqueues the news of it. Ending it a second time changes nothing.
 * @returns whether this call ended it
 */
export async function closeEvent(
  tx: Tx,
  eventId: string,
  ending: Ending,
  message?: string,
): Promise<boolean> {
  const { from, to } = eventMachine.moves[ending];
  const moved = await tx.$executeRaw`
    UPDATE domain_events
    SET status = ${to}, error_message = ${message ?? null}, processed_at = now(), due_at = NULL,
        lease_owner = NULL, lease_until = NULL
    WHERE id = ${eventId} AND status = ANY(${[...from]})`;
  if (moved === 0) return false;
  await enqueue(tx, spreadNews, { eventId });
  return true;
}

/** Notes when an operation reached a step; the first time counts. */
export async function recordStep(tx: Tx, eventId: string, step: OperationStep): Promise<void> {
  await tx.$executeRaw`
    UPDATE domain_events SET steps = jsonb_build_object(${step}::text, now()) || steps WHERE id = ${eventId}`;
}

export async function readEventType(eventId: string): Promise<EventType | null> {
  const event = await db().domainEvent.findUnique({ where: { id: eventId }, select: { eventType: true } });
  // Events are opened with a type of the vocabulary only.
  return event === null ? null : (event.eventType as EventType);
}
