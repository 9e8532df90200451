import type { Prisma } from "@/prisma/generated/client";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";

export async function aNamespace(
  over: Partial<Prisma.NamespaceUncheckedCreateInput> = {},
): Promise<{ id: string; name: string; environment: string }> {
  const id = over.id ?? newId();
  return db().namespace.create({
    data: { environment: "test", createdBy: "test", ...over, id, name: over.name ?? `ns-${id.slice(-8)}` },
    select: { id: true, name: true, environment: true },
  });
}
