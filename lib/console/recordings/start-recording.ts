import { randomBytes } from "node:crypto";
import { readSealingKey, recordedVm, requirePerson, type ConsoleVm } from "@/lib/console/store";
import type { ConsoleType } from "@/lib/console/rules";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import { seal } from "@/lib/core/secrets";
import type { Tx } from "@/lib/core/transaction";
import { readRecordingRule } from "./queries";
import { isRecorded, recordingBinding } from "./rules";

export interface NewRecording {
  jti: string;
  vm: ConsoleVm;
  consoleType: ConsoleType;
}

/** What a recorder needs to begin; it travels to the thread that carries the bytes. */
export interface RecordingOrder {
  id: string;
  consoleType: ConsoleType;
  /** 32 bytes in base64, never written down but sealed. */
  contentKey: string;
}

const contentKeyBytes = 32;

/** A step: where the environment's rule asks for it, the session that begins now is recorded, on record; null elsewhere. */
export async function startRecording(
  tx: Tx,
  ctx: Context,
  { jti, vm, consoleType }: NewRecording,
): Promise<RecordingOrder | null> {
  const rule = await readRecordingRule(tx, vm.environment);
  if (!isRecorded(rule, consoleType)) return null;
  const order = { id: newId(), consoleType, contentKey: randomBytes(contentKeyBytes).toString("base64") };
  const person = requirePerson(ctx);
  await tx.$executeRaw`
    INSERT INTO console_recordings (id, jti, vm_id, vm_name, system_id, service_id, environment, user_id, user_name,
      console_type, started_at, retain_until)
    VALUES (${order.id}, ${jti}, ${vm.id}, ${vm.name}, ${vm.systemId}, ${vm.serviceId}, ${vm.environment},
      ${person.id}, ${person.displayName}, ${consoleType}, clock_timestamp(),
      clock_timestamp() + make_interval(days => ${rule.retentionDays}::int))`;
  await sealKey(tx, order);
  await recordAudit(tx, ctx, {
    action: "console_recording.start",
    ...recordedVm(vm),
    details: { recordingId: order.id, jti, consoleType, retentionDays: rule.retentionDays },
  });
  return order;
}

async function sealKey(tx: Tx, { id, contentKey }: RecordingOrder): Promise<void> {
  const envelope = seal(await readSealingKey(tx), contentKey, recordingBinding(id));
  await tx.consoleRecordingKey.create({
    data: { recordingId: id, keyVersion: envelope.key_version, envelope },
    select: { recordingId: true },
  });
}
