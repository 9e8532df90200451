import { Prisma } from "@/prisma/generated/client";
import { vmIsVisible } from "@/lib/access/visible";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { answerQuestion } from "@/lib/core/worker-questions";
import type { Tx } from "@/lib/core/transaction";
import type { LookKind } from "./schema";

/** A machine as a look needs it. */
export interface SeenVm {
  id: string;
  name: string;
  namespace: string;
  clusterId: string;
  status: string;
  vmiUid: string | null;
  cpuCores: number;
  memoryGi: number;
  osFamily: string | null;
}

const columns = Prisma.sql`v.id, v.name, v.namespace, v.cluster_id AS "clusterId", v.status, v.vmi_uid AS "vmiUid",
  v.cpu_cores::float8 AS "cpuCores", v.memory_gi::float8 AS "memoryGi", t.os_family AS "osFamily"`;
const tables = Prisma.sql`vms v JOIN services s ON s.id = v.service_id JOIN namespaces n ON n.name = v.namespace
  LEFT JOIN templates t ON t.id = v.template_id`;
const visibleBy = {
  vmId: Prisma.sql`v.id`,
  serviceId: Prisma.sql`v.service_id`,
  systemId: Prisma.sql`s.system_id`,
  environment: Prisma.sql`n.environment`,
};

/** For whoever may see it; VM_NOT_FOUND alike for what is not there and what may not be seen. */
export async function readSeenVm(ctx: Context, vmId: string): Promise<SeenVm> {
  const rows = await db().$queryRaw<SeenVm[]>`
    SELECT ${columns} FROM ${tables} WHERE v.id = ${vmId} AND ${vmIsVisible(ctx, visibleBy)}`;
  if (rows[0] === undefined) throw new AppError("VM_NOT_FOUND");
  return rows[0];
}

/** The worker's side: nobody's sight is asked; null when it has gone meanwhile. */
export async function findAskedVm(tx: Tx, vmId: string): Promise<SeenVm | null> {
  const rows = await tx.$queryRaw<SeenVm[]>`SELECT ${columns} FROM ${tables} WHERE v.id = ${vmId}`;
  return rows[0] ?? null;
}

/** What was found stands in its row; this tells everybody who waits for it. */
export async function finishLook(questionId: string, { vmId, kind }: { vmId: string; kind: LookKind }) {
  await db().$executeRaw`
    UPDATE vm_looks SET answered_at = clock_timestamp() WHERE vm_id = ${vmId} AND kind = ${kind}`;
  await answerQuestion(questionId, { answer: {} });
}

/** States in which something runs that could be looked at. */
const runningStates: readonly string[] = ["RUNNING", "PAUSED", "MIGRATING", "STOPPING"];

export function runsNow({ status }: { status: string }): boolean {
  return runningStates.includes(status);
}
