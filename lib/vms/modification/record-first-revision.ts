import { z } from "zod";
import type { Tx } from "@/lib/core/transaction";
import { readModifiedVm } from "./find-modified-vm";
import { recordRevision } from "./record-revision";
import type { revisionKinds } from "./schema";

type Kind = (typeof revisionKinds)[number];
const foundKinds = z.enum(["adopted", "imported"]).catch("adopted");

/** A step: what the machine was made or found as, if nobody has kept that yet. */
export async function recordFirstRevision(tx: Tx, vmId: string, kind?: Kind): Promise<void> {
  if ((await tx.vmRevision.count({ where: { vmId } })) > 0) return;
  const vm = await readModifiedVm(tx, vmId);
  const maker = await readMaker(tx, vmId);
  await recordRevision(tx, {
    vm,
    kind: kind ?? (vm.origin === "request" ? "created" : foundKinds.parse(vm.origin)),
    reason: maker.reason,
    ticketId: maker.ticketId,
    actor: { id: maker.id, name: maker.name },
  });
}

async function readMaker(tx: Tx, vmId: string) {
  const rows = await tx.$queryRaw<{ id: string; name: string; ticketId: string | null; reason: string }[]>`
    SELECT v.created_by AS id, coalesce(u.display_name, v.created_by) AS name, v.ticket_id AS "ticketId",
      coalesce(k.reason, '') AS reason
    FROM vms v LEFT JOIN users u ON u.id = v.created_by LEFT JOIN approval_tickets k ON k.id = v.ticket_id
    WHERE v.id = ${vmId}`;
  return rows[0] ?? { id: "worker", name: "worker", ticketId: null, reason: "" };
}
