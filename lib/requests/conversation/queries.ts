import { z } from "zod";
import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { unknownTicket } from "../require-decider";
import { isOnDesk, ticketIsVisible } from "../store";
import { commentKinds, revisionChange, type Conversation } from "./schema";

const commentsShown = 200;
const diff = z.array(revisionChange);

/** What was said about a request and how it changed, the oldest first; told to whoever may see the request. */
export async function listConversation(ctx: Context, ticketId: string): Promise<Conversation> {
  const seen = await db().$queryRaw<unknown[]>`
    SELECT 1 FROM approval_tickets k WHERE k.id = ${ticketId}
      AND (${ticketIsVisible(ctx)} OR ${isOnDesk(ctx, "builtin_approval:view")})`;
  if (seen.length === 0) throw unknownTicket();
  const [comments, revisions] = await Promise.all([
    db().approvalComment.findMany({
      where: { ticketId },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: commentsShown,
      omit: { ticketId: true },
    }),
    db().approvalTicketRevision.findMany({
      where: { ticketId, revision: { gt: 1 } },
      orderBy: { revision: "asc" },
      take: commentsShown,
      select: { revision: true, changedByName: true, changedAt: true, diff: true },
    }),
  ]);
  return {
    comments: comments
      .reverse()
      .map((comment) => ({ ...comment, kind: z.enum(commentKinds).parse(comment.kind) })),
    revisions: revisions.map((revision) => ({ ...revision, diff: diff.parse(revision.diff) })),
  };
}

const wish = z.record(z.string(), z.json());

/** What the requester asked for, as they may change it; nobody else's. */
export async function readWish(ctx: Context, ticketId: string): Promise<z.output<typeof wish>> {
  const ticket = await db().approvalTicket.findFirst({
    where: { id: ticketId, requesterId: actorId(ctx.actor) },
    select: { requestParams: true },
  });
  if (ticket === null) throw unknownTicket();
  return wish.parse(ticket.requestParams);
}
