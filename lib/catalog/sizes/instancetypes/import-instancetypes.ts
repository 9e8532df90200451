import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import type { CreateSize } from "../schema";
import { nameTaken, writeSize } from "../store";
import { askInstancetypes } from "./ask-instancetypes";
import { mapInstancetype } from "./map-instancetype";
import { mapPreference } from "./map-preference";
import { isInstancetype, proposeSizes } from "./preview-instancetypes";
import type { ImportedInstancetypes, ImportInstancetypes, InstancetypeObject, ProposedSize } from "./schema";

interface Origin {
  cluster: { id: string; name: string };
  preference: string | null;
}

type Created = ImportedInstancetypes["created"][number];

/** Sizes of a cluster's instance types, offered nowhere until somebody says where. */
export async function importInstancetypes(
  ctx: Context,
  input: ImportInstancetypes,
): Promise<ImportedInstancetypes> {
  await authorize(db(), ctx, "instance_size:write");
  const { cluster, answer } = await askInstancetypes(ctx, input.clusterId);
  const preference = findPreference(answer.objects, input.preference);
  const wanted = answer.objects.filter(
    (object) => isInstancetype(object) && input.names.includes(object.key),
  );
  const proposals = await proposeSizes(
    wanted.map((object) => withPreference(mapInstancetype(object), preference)),
  );
  const skipped = [...absent(input.names, proposals), ...proposals.flatMap(skip)];
  const origin = { cluster, preference: preference?.key ?? null };
  const created = await inTransaction(async (tx) => {
    await authorize(tx, ctx, "instance_size:write");
    const made: Created[] = [];
    for (const { key, size, exists } of proposals) {
      if (size !== null && !exists) made.push({ key, ...(await importSize(tx, ctx, { key, size, origin })) });
    }
    return made;
  });
  return { created, skipped };
}

function findPreference(objects: InstancetypeObject[], key: string | undefined): InstancetypeObject | null {
  if (key === undefined) return null;
  const found = objects.find((object) => !isInstancetype(object) && object.key === key);
  if (found === undefined) throw new AppError("RESOURCE_NOT_FOUND", { resource: "preference" });
  return found;
}

type Mapped = Omit<ProposedSize, "exists">;

/** What the type itself says goes before what a preference would like. */
function withPreference(proposal: Mapped, preference: InstancetypeObject | null): Mapped {
  if (proposal.size === null || preference === null) return proposal;
  const hints = mapPreference(preference, proposal.size.cpuCores);
  const specOverrides = { ...hints.specOverrides, ...proposal.size.specOverrides };
  return { ...proposal, size: { ...proposal.size, specOverrides } };
}

function absent(names: string[], proposals: ProposedSize[]): ImportedInstancetypes["skipped"] {
  const found = new Set(proposals.map(({ key }) => key));
  return [...new Set(names)].filter((key) => !found.has(key)).map((key) => ({ key, reason: "absent" }));
}

function skip({ key, size, exists }: ProposedSize): ImportedInstancetypes["skipped"] {
  if (exists) return [{ key, reason: "exists" }];
  return size === null ? [{ key, reason: "not_mapped" }] : [];
}

async function importSize(
  tx: Tx,
  ctx: Context,
  { key, size, origin }: { key: string; size: CreateSize; origin: Origin },
): Promise<{ id: string; name: string }> {
  try {
    const { hardware, id, name } = await writeSize(tx, ctx, { size, replaces: null });
    await recordAudit(tx, ctx, {
      action: "instance_size.import",
      resource: { type: "instance_size", id, name },
      parent: { type: "cluster", id: origin.cluster.id },
      details: { version: 1, instancetype: key, ...origin, after: { ...size, ...hardware } },
    });
    return { id, name };
  } catch (error) {
    throw nameTaken(error, size.name);
  }
}
