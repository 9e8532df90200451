import type { Prisma } from "@/prisma/generated/client";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { modificationWish, settings, type ModificationWish, type Settings } from "./schema";

export interface Modification {
  eventId: string;
  vmId: string;
  ticketId: string;
  reason: string;
  actorId: string;
  actorName: string;
  wish: ModificationWish;
  /** What the change touches, as it was when it was approved; null where nobody had looked. */
  base: Settings | null;
}

export async function readModification(tx: Tx, eventId: string): Promise<Modification> {
  const row = await tx.vmModification.findUnique({ where: { eventId } });
  if (row === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "modification" });
  const { vmId, ticketId, reason, actorId, actorName } = row;
  const base = settings.nullable().parse(row.base);
  return {
    eventId,
    vmId,
    ticketId,
    reason,
    actorId,
    actorName,
    wish: modificationWish.parse(row.wish),
    base,
  };
}

/** A JSON value for a column; what comes in has been parsed. */
export function asColumn(value: object): Prisma.InputJsonObject {
  return value as Prisma.InputJsonObject;
}

/** JSON of a cluster's words as a database takes it: without NUL and without half a character. */
export function asStorableText(value: object): string {
  // Both stand there as escapes alone; a backslash of the text itself is a pair and stays.
  return JSON.stringify(value).replaceAll(/\\(?:u0000|ud[89a-f][0-9a-f]{2}|.)/g, (escape) => {
    if (escape === "\\u0000") return "";
    return escape.startsWith("\\ud") ? "\ufffd" : escape;
  });
}
