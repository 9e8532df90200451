import { readEventType } from "@/lib/core/events";
import { enqueueAll } from "@/lib/core/jobs";
import { subscriptions } from "./subscriptions";

/** An event moved on or closed: everybody who listens for its type gets a job. */
export async function spread(payload: { eventId: string }): Promise<void> {
  const type = await readEventType(payload.eventId);
  if (type === null) return;
  await enqueueAll(subscriptions[type] ?? [], payload);
}
