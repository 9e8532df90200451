import { z } from "zod";
import { db } from "@/lib/core/db";
import { enqueue } from "@/lib/core/jobs";
import { inTransaction } from "@/lib/core/transaction";
import { refreshFieldsJob, type noticeVersionJob } from "./jobs";
import { isBundled, minorOf } from "./minors/rules";
import { makeDue } from "./store";

const versionChange = z.object({ to: z.string() });

/** A cluster has another version: its fields are read now instead of at the clock's next round. */
export async function noticeVersion({ eventId }: z.output<typeof noticeVersionJob.payload>): Promise<void> {
  const event = await db().domainEvent.findUnique({ where: { id: eventId }, select: { payload: true } });
  const minor = minorOf(versionChange.safeParse(event?.payload).data?.to ?? "");
  if (minor === null || isBundled(minor)) return;
  await inTransaction(async (tx) => {
    await makeDue(tx, minor);
    await enqueue(tx, refreshFieldsJob, { minor });
  });
}
