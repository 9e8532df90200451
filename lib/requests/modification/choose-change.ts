import { fieldRefused } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { wishedFacts } from "@/lib/vms/modification/rules";
import {
  isSame,
  modificationWish,
  settings,
  type ModificationWish,
  type Settings,
} from "@/lib/vms/modification/schema";
import type { ApprovalChoices } from "../schema";
import type { Ticket } from "../store";

/** A change as it was decided, and what it touches as it was then. */
export interface ApprovedChange {
  wish: ModificationWish;
  base: Settings | null;
  isModified: boolean;
}

/**
 * A step: the change with what its approver made of it; null for what is no change. What it touches is kept as the
 * cluster had it when it was last asked, a moment ago: what differs from that at the start was approved by nobody.
 */
export async function chooseChange(
  tx: Tx,
  ticket: Ticket,
  choices: ApprovalChoices & { modificationReason?: string | undefined },
): Promise<ApprovedChange | null> {
  if (ticket.operation !== "MODIFY_VM") return null;
  const asked = await readWish(tx, ticket.eventId);
  const wish = settleWish(asked, choices);
  const isModified = !isSame(settings.parse(wishedFacts(asked)), settings.parse(wishedFacts(wish)));
  if (isModified && (choices.modificationReason ?? "") === "")
    throw fieldRefused("modificationReason", "required");
  return { wish, base: await readBase(tx, ticket.resourceId ?? "", wish), isModified };
}

export async function readWish(tx: Tx, eventId: string): Promise<ModificationWish> {
  const event = await tx.domainEvent.findUniqueOrThrow({ where: { id: eventId }, select: { payload: true } });
  const { wish } = payloadOf(event.payload);
  return modificationWish.parse(wish);
}

function payloadOf(payload: unknown): { wish: unknown } {
  return typeof payload === "object" && payload !== null && "wish" in payload
    ? { wish: payload.wish }
    : { wish: null };
}

/** An approver may give more or less of what was asked for, and of nothing else. */
function settleWish(asked: ModificationWish, choices: ApprovalChoices): ModificationWish {
  const { cpuLimit, cpuRequest, memoryLimitGi, memoryRequestGi, diskGb } = choices;
  const { cpu, memory } = asked;
  return {
    ...asked,
    ...(cpu === undefined ? {} : { cpu: settleCpu(cpu, { cpuLimit, cpuRequest }) }),
    ...(memory === undefined
      ? {}
      : { memory: { gi: memoryLimitGi ?? memory.gi, requestGi: memoryRequestGi ?? memory.requestGi } }),
    ...(asked.diskGb === undefined ? {} : { diskGb: diskGb ?? asked.diskGb }),
  };
}

function settleCpu(
  cpu: NonNullable<ModificationWish["cpu"]>,
  { cpuLimit, cpuRequest }: { cpuLimit: number | undefined; cpuRequest: number | undefined },
): NonNullable<ModificationWish["cpu"]> {
  const cores = cpuLimit ?? cpu.cores;
  const request = cpuRequest ?? (cpu.request === null ? null : Math.min(cpu.request, cores));
  return { cores, request, mayKeepRequest: cpu.mayKeepRequest && cpuRequest === undefined };
}

async function readBase(tx: Tx, vmId: string, wish: ModificationWish): Promise<Settings | null> {
  const row = await tx.vmLiveSpec.findUnique({ where: { vmId }, select: { facts: true } });
  if (row === null) return null;
  const facts = settings.parse(row.facts);
  const touched = Object.keys(wishedFacts(wish)).filter((field) => Object.hasOwn(facts, field));
  return Object.fromEntries(touched.map((field) => [field, facts[field] ?? null]));
}
