import { gunzipSync, gzipSync } from "node:zlib";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/core/transaction";
import { compareSettings, settingsOf } from "./settings/rules";
import { settings, type revisionKinds, type RevisionDiffRow, type Settings } from "./schema";
import type { ModifiedVm } from "./find-modified-vm";

interface NewRevision {
  vm: ModifiedVm;
  kind: (typeof revisionKinds)[number];
  reason: string;
  ticketId: string | null;
  actor: { id: string; name: string };
}

/** A step: what the machine has become is its next revision; the row of the machine is locked by the caller. */
export async function recordRevision(
  tx: Tx,
  { vm, kind, reason, ticketId, actor }: NewRevision,
): Promise<number> {
  const last = await tx.vmRevision.findFirst({
    where: { vmId: vm.id },
    orderBy: { revision: "desc" },
    select: { revision: true, specSnapshot: true },
  });
  const now = settingsOf(vm);
  const revision = (last?.revision ?? 0) + 1;
  const diff: RevisionDiffRow[] =
    last === null ? [] : compareSettings(unpackSettings(last.specSnapshot), now);
  await tx.vmRevision.create({
    data: {
      id: newId(),
      vmId: vm.id,
      revision,
      kind,
      specSnapshot: packSettings(now),
      diff,
      changeReason: reason,
      ticketId,
      actorId: actor.id,
      actorName: actor.name,
    },
    select: { id: true },
  });
  return revision;
}

function packSettings(all: Settings): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(gzipSync(JSON.stringify(all)));
}

export function unpackSettings(packed: Uint8Array): Settings {
  return settings.parse(JSON.parse(gunzipSync(packed, { maxOutputLength: 4 * 1024 * 1024 }).toString()));
}
