import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/core/transaction";
import type { Subject } from "../check-creation";
import type { Demand } from "./schema";
import { differenceOf, positivePart, shortfallsOf } from "./rules";
import { amountsOf, lockUsage, readLimits, type Room } from "./store";

/**
 * A step: what is asked for takes its room in the quota of its System and environment.
 * @throws QUOTA_EXCEEDED {system, environment, what, limit, used, wanted}, a field for each kind it is short of
 */
export async function holdReservation(
  tx: Tx,
  _ctx: Context,
  { ticketId, subject }: { ticketId: string; subject: Subject },
): Promise<void> {
  const { demand, environment, systemId } = subject;
  if (demand === null || environment === null) return;
  const held = positivePart(demand);
  await requireRoom(tx, { systemId, environment, systemName: subject.systemName }, held);
  await tx.reservation.create({
    data: {
      id: newId(),
      ticketId,
      // A machine that stands already has a reservation of its own; this one is what its change adds.
      vmId: subject.resource.type === "vm" ? subject.resource.id : null,
      systemId,
      environment,
      ...held,
    },
    select: { id: true },
  });
}

/** A step: an approver changed what was asked for, or placed it; it holds from now on what will be made. */
export async function reweighReservation(
  tx: Tx,
  weighed: { ticketId: string; demand: Demand | null; clusterId?: string | null },
): Promise<void> {
  const { ticketId, demand, clusterId } = weighed;
  const ticket = await tx.approvalTicket.findUnique({
    where: { id: ticketId },
    select: { systemId: true, systemName: true, environment: true },
  });
  if (ticket?.environment == null || demand === null) return;
  const { systemId, systemName, environment } = ticket;
  const used = await lockUsage(tx, { systemId, environment });
  const reservation = await tx.reservation.findUnique({ where: { ticketId } });
  if (reservation?.state !== "HELD") return;
  const becomes = positivePart(demand);
  const added = differenceOf(amountsOf(reservation), becomes);
  await refuseShortfall(tx, { systemId, environment, systemName }, { used, wanted: added });
  await tx.reservation.update({
    where: { id: reservation.id },
    data: { ...becomes, ...(clusterId === undefined ? {} : { clusterId }) },
    select: { id: true },
  });
  await tx.approvalTicket.update({ where: { id: ticketId }, data: { demand }, select: { id: true } });
}

type NamedRoom = Room & { systemName: string };

async function requireRoom(tx: Tx, room: NamedRoom, wanted: Demand): Promise<void> {
  await refuseShortfall(tx, room, { used: await lockUsage(tx, room), wanted });
}

async function refuseShortfall(
  tx: Tx,
  { systemId, environment, systemName }: NamedRoom,
  { used, wanted }: { used: Demand; wanted: Demand },
): Promise<void> {
  const short = shortfallsOf(await readLimits(tx, { systemId, environment }), used, wanted);
  if (short[0] === undefined) return;
  throw new AppError(
    "QUOTA_EXCEEDED",
    { system: systemName, systemId, environment, ...short[0] },
    short.map(({ what, ...params }) => ({ field: what, code: "quota_exceeded", params })),
  );
}
