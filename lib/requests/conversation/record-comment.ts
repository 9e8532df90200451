import { actorId, shownName, type Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/core/transaction";
import type { CommentKind } from "./schema";

/** A step: somebody says something about a request as it is now. */
export async function recordComment(
  tx: Tx,
  ctx: Context,
  said: { ticket: { id: string; revision: number }; kind: Exclude<CommentKind, "system">; body: string },
): Promise<void> {
  await tx.approvalComment.create({
    data: {
      id: newId(),
      ticketId: said.ticket.id,
      authorId: actorId(ctx.actor),
      authorName: shownName(ctx.actor),
      kind: said.kind,
      body: said.body,
      revision: said.ticket.revision,
    },
    select: { id: true },
  });
}
