import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { requirePerson } from "@/lib/notifications/require-person";

export interface KeptView {
  id: string;
  name: string;
  systemId: string | null;
}

/** A view is changed by whoever made it and, where a System shares it, by those who administer the System. */
export async function requireKeeper(tx: Tx, ctx: Context, viewId: string): Promise<KeptView> {
  const { id: userId } = requirePerson(ctx);
  const view = await tx.vmView.findUnique({
    where: { id: viewId },
    select: { id: true, name: true, systemId: true, ownerId: true },
  });
  if (view === null) throw new AppError("RESOURCE_NOT_FOUND");
  if (view.ownerId === userId) return view;
  if (view.systemId === null) throw new AppError("RESOURCE_NOT_FOUND");
  await authorize(tx, ctx, "vm:read", { systemId: view.systemId, role: "admin" });
  return view;
}
