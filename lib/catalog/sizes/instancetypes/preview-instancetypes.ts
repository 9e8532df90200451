import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { checkSize } from "../check-size";
import type { CreateSize } from "../schema";
import { askInstancetypes } from "./ask-instancetypes";
import { mapInstancetype } from "./map-instancetype";
import { mapPreference } from "./map-preference";
import type { InstancetypeObject, InstancetypePreview, ProposedSize, Unmapped } from "./schema";

/** A cluster's instance types as sizes and its preferences as overrides; nothing is stored. */
export async function previewInstancetypes(
  ctx: Context,
  input: { clusterId: string },
): Promise<InstancetypePreview> {
  await authorize(db(), ctx, "instance_size:read");
  const { cluster, answer } = await askInstancetypes(ctx, input.clusterId);
  const types = answer.objects.filter(isInstancetype);
  const proposals = await proposeSizes(types.map((object) => mapInstancetype(object)));
  return {
    cluster,
    supported: answer.supported,
    sizes: proposals,
    preferences: answer.objects
      .filter((object) => !isInstancetype(object))
      .map((object) => mapPreference(object, null)),
    unreadable: answer.unreadable,
  };
}

export function isInstancetype({ kind }: Pick<InstancetypeObject, "kind">): boolean {
  return kind === "VirtualMachineClusterInstancetype" || kind === "VirtualMachineInstancetype";
}

/** What saving would refuse is taken out and said, so that what is proposed can be saved. */
export async function proposeSizes(mapped: Omit<ProposedSize, "exists">[]): Promise<ProposedSize[]> {
  const names = mapped.flatMap(({ size }) => size?.name ?? []);
  const rows = await db().instanceSize.findMany({ where: { name: { in: names } }, select: { name: true } });
  const taken = new Set(rows.map(({ name }) => name));
  const proposals: ProposedSize[] = [];
  for (const proposal of mapped) {
    const { size, notes } = await makeSavable(proposal.size);
    const exists = proposal.size !== null && taken.has(proposal.size.name);
    const unmapped = [...proposal.unmapped, ...notes];
    proposals.push({ ...proposal, size, exists, unmapped });
  }
  return proposals;
}

const prefix = "specOverrides.";

async function makeSavable(size: CreateSize | null): Promise<{ size: CreateSize | null; notes: Unmapped[] }> {
  if (size === null) return { size, notes: [] };
  const { problems } = await checkSize(db(), size);
  const notes = problems.map(({ code, field, reason }): Unmapped => ({
    path: field ?? "",
    reason: code === "FORBIDDEN_FIELD" ? "forbidden" : "invalid",
    params: { code, ...(reason === null ? {} : { problem: reason }) },
  }));
  if (notes.length === 0) return { size, notes };
  const blamed = problems.map(({ field }) => field ?? "");
  const kept = Object.entries(size.specOverrides).filter(
    ([path]) => !blamed.some((field) => field === prefix + path || isInside(field, prefix + path)),
  );
  const rest = { ...size, specOverrides: Object.fromEntries(kept) };
  const remaining = await checkSize(db(), rest);
  return { size: remaining.problems.length === 0 ? rest : null, notes };
}

function isInside(field: string, path: string): boolean {
  return field.startsWith(`${path}.`) || field.startsWith(`${path}[`);
}
