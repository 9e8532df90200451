import type { Prisma } from "@/prisma/generated/client";
import type { AuditAction } from "@/lib/vocabulary/audit-actions";
import { actorId, actorName, type Context } from "./context";
import { AppError } from "./errors";
import { newId } from "./ids";
import { redact } from "./redaction";
import type { Tx } from "./transaction";

export interface AuditEntry {
  action: AuditAction;
  outcome?: "success" | "failure";
  resource: { type: string; id: string; name?: string };
  parent?: { type: string; id: string };
  environment?: string;
  details?: Record<string, unknown>;
}

/**
 * Writes the record into the caller's transaction: the change and its record commit together (spec §0.3).
 * @throws VIEW_ONLY for whoever only looks at the portal as somebody else, which undoes whatever they were about to change
 */
export async function recordAudit(tx: Tx, ctx: Context, entry: AuditEntry): Promise<void> {
  if (ctx.actor.kind === "person" && ctx.actor.viewedBy !== null) throw new AppError("VIEW_ONLY");
  await tx.auditLog.create({
    data: {
      id: newId(),
      action: entry.action,
      outcome: entry.outcome ?? "success",
      actorId: actorId(ctx.actor),
      actorName: actorName(ctx.actor),
      resourceType: entry.resource.type,
      resourceId: entry.resource.id,
      resourceName: entry.resource.name ?? null,
      parentType: entry.parent?.type ?? null,
      parentId: entry.parent?.id ?? null,
      environment: entry.environment ?? null,
      // redact only copies plain JSON, so the result is JSON again.
      details: redact(entry.details ?? {}) as Prisma.InputJsonObject,
      ipAddress: ctx.address,
      userAgent: ctx.userAgent?.slice(0, 512) ?? null,
      correlationId: ctx.requestId,
    },
    select: { id: true },
  });
}
