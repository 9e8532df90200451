import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { readLiveSpec } from "@/lib/vms/modification/queries";
import { wishedFacts } from "@/lib/vms/modification/rules";
import { isSame, modificationWish, type LiveSpec, type Settings } from "@/lib/vms/modification/schema";
import { settingsOf } from "@/lib/vms/modification/settings/rules";
import { vmBlueprint, type VmBlueprint } from "@/lib/vms/schema";
import { readCreation } from "../place-creation";
import { maySeeTicket, unknownTicket } from "../require-decider";
import type { Ticket } from "../store";
import { readWish } from "./choose-change";
import type { ThreeWay, ThreeWayRow } from "./schema";

/**
 * Of a request for a machine: what was asked, what was decided, and what the cluster has. Requests of other kinds have no
 * rows.
 */
export async function readThreeWay(ctx: Context, ticketId: string): Promise<ThreeWay> {
  const ticket = await db().approvalTicket.findUnique({ where: { id: ticketId } });
  if (ticket === null || !(await maySeeTicket(db(), ctx, ticket))) throw unknownTicket();
  const isPending = ticket.status === "PENDING";
  const sides = await readSides(ticket);
  if (sides === null) return { rows: [], isPending, liveAt: null };
  const live = ticket.resourceId === null ? null : await readLive(ctx, ticket.resourceId);
  return { rows: rowsOf(sides, live?.facts ?? {}), isPending, liveAt: live?.readAt ?? null };
}

interface Sides {
  asked: Settings;
  decided: Settings;
}

async function readSides(ticket: Ticket): Promise<Sides | null> {
  if (ticket.operation === "MODIFY_VM") {
    const asked = wishedFacts(await readWish(db(), ticket.eventId));
    const changed = modificationWish.safeParse(ticket.modifiedSpec);
    return { asked, decided: changed.success ? wishedFacts(changed.data) : asked };
  }
  if (ticket.operation !== "CREATE_VM") return null;
  const changed = vmBlueprint.safeParse(ticket.modifiedSpec);
  const asked = await readAsked(ticket);
  if (asked === null) return null;
  return { asked, decided: changed.success ? shownOf(changed.data) : asked };
}

/** Null where what it was made of is gone. */
async function readAsked(ticket: Ticket): Promise<Settings | null> {
  try {
    return shownOf((await readCreation(db(), ticket, {})).asked);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

function shownOf(blueprint: VmBlueprint): Settings {
  const { cpuLimit: cpuCores, memoryLimitGi: memoryGi, diskGb } = blueprint;
  const { instanceSizeId: _, ...shown } = settingsOf({
    cpuCores,
    memoryGi,
    diskGb,
    instanceSizeId: null,
    blueprint,
  });
  return shown;
}

/** The machine may be gone, or not be for this person to see. */
async function readLive(ctx: Context, vmId: string): Promise<LiveSpec | null> {
  try {
    return await readLiveSpec(ctx, vmId);
  } catch (error) {
    if (error instanceof AppError && error.code === "VM_NOT_FOUND") return null;
    throw error;
  }
}

function rowsOf({ asked, decided }: Sides, live: Settings): ThreeWayRow[] {
  const paths = [...new Set([...Object.keys(asked), ...Object.keys(decided)])];
  return paths.map((path) => {
    const [wanted, changed] = [asked[path] ?? null, decided[path] ?? null];
    const isRead = Object.hasOwn(live, path);
    return {
      path,
      asked: wanted,
      changed,
      live: live[path] ?? null,
      isRead,
      isChanged: !isSame(wanted, changed),
      isDrifted: isRead && !isSame(changed, live[path]),
    };
  });
}
