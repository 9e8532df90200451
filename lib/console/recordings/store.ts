import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import type { ConsoleType } from "@/lib/console/rules";
import type { RecordingStatus } from "./rules";

export interface StoredRecording {
  id: string;
  jti: string;
  vmId: string;
  vmName: string;
  systemId: string;
  environment: string;
  userName: string;
  consoleType: ConsoleType;
  status: RecordingStatus;
  startedAt: Date;
  chunkCount: number;
  chainHead: string | null;
}

export async function findRecording(tx: Tx, id: string): Promise<StoredRecording | null> {
  const rows = await tx.$queryRaw<StoredRecording[]>`
    SELECT id, jti, vm_id AS "vmId", vm_name AS "vmName", system_id AS "systemId", environment,
      user_name AS "userName", console_type AS "consoleType", status, started_at AS "startedAt",
      chunk_count AS "chunkCount", chain_head AS "chainHead"
    FROM console_recordings WHERE id = ${id}`;
  return rows[0] ?? null;
}

/** What every record of a recording names. */
export function recordedRecording({ id, vmName, systemId, environment }: StoredRecording) {
  return {
    resource: { type: "console_recording", id, name: vmName },
    parent: { type: "system", id: systemId },
    environment,
  };
}

/** @throws INVALID_STATE where there is nothing left to look at */
export function requireKept({ status }: StoredRecording): void {
  if (status === "purged")
    throw new AppError("INVALID_STATE", { object: "console_recording", state: status, move: "view" });
}
