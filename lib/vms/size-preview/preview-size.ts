import { authorize } from "@/lib/access/authorize";
import { readUnknownPaths } from "@/lib/catalog/fields/read-unknown-paths";
import { checkSize, type CheckedSize } from "@/lib/catalog/sizes/check-size";
import { readChangedSize } from "@/lib/catalog/sizes/queries";
import type { SizeProblem } from "@/lib/catalog/sizes/rules";
import { listClusterFacts } from "@/lib/clusters/cluster-facts";
import type { ClusterFacts } from "@/lib/clusters/placement";
import { matchClusters } from "@/lib/clusters/rules";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { stringify } from "yaml";
import { needOf } from "../placement/rules";
import { renderVm } from "../render-vm";
import type { VmBlueprint } from "../schema";
import { askCluster } from "./ask-cluster";
import { readSample, sampleBlueprint, sampleIdentity, type SampleSource } from "./read-sample";
import type { PreviewSize, PreviewSizeChange, SizePreview } from "./schema";

/** Everything that saving a size would find out, and what the clusters say to it; nothing is stored (spec §5.6). */
export async function previewSize(ctx: Context, input: PreviewSize): Promise<SizePreview> {
  await authorize(db(), ctx, "instance_size:write");
  const checked = await checkSize(db(), input.size);
  const found = {
    valid: checked.problems.length === 0,
    problems: checked.problems,
    warnings: checked.warnings,
    derived: checked.problems.some(({ code }) => code === "INVALID_SPEC_OVERRIDES") ? null : checked.hardware,
  };
  const source = await readSample(input.templateId);
  const clusters = await listClusterFacts(db(), {});
  const blueprint = canBeRendered(checked) ? sampleBlueprint(input.size, checked.hardware, source) : null;
  const compatibleClusters = blueprint === null ? [] : await placeSample(blueprint, source, clusters);
  return {
    ...found,
    ...render(blueprint),
    compatibleClusters,
    clusterValidation: await validate(ctx, { clusterId: input.clusterId, blueprint, checked, clusters }),
  };
}

/** The same for a change of a size that is there. */
export async function previewSizeChange(ctx: Context, input: PreviewSizeChange): Promise<SizePreview> {
  const { change, ...target } = input;
  return previewSize(ctx, { ...target, size: await readChangedSize(ctx, change) });
}

/** What may not be sent to any cluster is not shown as if it could be. */
function canBeRendered({ problems }: CheckedSize): boolean {
  return !problems.some(({ code }) => code === "FORBIDDEN_FIELD" || code === "INVALID_SPEC_OVERRIDES");
}

function render(blueprint: VmBlueprint | null): Pick<SizePreview, "renderedYaml" | "renderedPreview"> {
  if (blueprint === null) return { renderedYaml: null, renderedPreview: null };
  const manifest = renderVm(sampleIdentity, blueprint);
  // A manifest is plain JSON; going through its text drops nothing.
  return {
    renderedYaml: stringify(manifest, { aliasDuplicateObjects: false }),
    renderedPreview: JSON.parse(JSON.stringify(manifest)),
  };
}

/** Every cluster of every environment, each with its reasons. */
async function placeSample(
  blueprint: VmBlueprint,
  source: SampleSource,
  clusters: ClusterFacts[],
): Promise<SizePreview["compatibleClusters"]> {
  const unknownPaths = await readUnknownPaths(db(), clusters, blueprint.overrides);
  const environments = await db().environment.findMany({
    select: { name: true, displayName: true },
    orderBy: [{ sortOrder: "asc" }, { name: "asc" }],
  });
  const minors = new Map(clusters.map(({ id, kubevirtMinor }) => [id, kubevirtMinor]));
  return environments.flatMap(({ name: environment, displayName: environmentName }) =>
    matchClusters(
      needOf(blueprint, { environment, imageClusterId: source.imageClusterId, unknownPaths }),
      clusters,
    ).map(({ clusterId, name, displayName, eligible, exclusions, warnings }) => ({
      ...{ clusterId, name, displayName, environment, environmentName, eligible, exclusions, warnings },
      kubevirtMinor: minors.get(clusterId) ?? null,
    })),
  );
}

interface Validation {
  clusterId: string | null;
  blueprint: VmBlueprint | null;
  checked: CheckedSize;
  clusters: ClusterFacts[];
}

async function validate(
  ctx: Context,
  { clusterId, blueprint, checked, clusters }: Validation,
): Promise<SizePreview["clusterValidation"]> {
  if (clusterId === null) return null;
  const cluster = clusters.find(({ id }) => id === clusterId);
  const [problem] = checked.problems;
  const reason = problemOf(cluster, problem);
  if (reason !== null || blueprint === null) return notChecked(clusterId, reason);
  return askCluster(ctx, { clusterId, storageClass: cluster?.defaultStorageClass ?? null, blueprint });
}

/** A cluster is not bothered with what would be refused before it. */
function problemOf(cluster: ClusterFacts | undefined, problem: SizeProblem | undefined): string | null {
  return cluster === undefined ? "RESOURCE_NOT_FOUND" : (problem?.code ?? null);
}

function notChecked(clusterId: string, reason: string | null): SizePreview["clusterValidation"] {
  return {
    clusterId,
    result: "not_checked",
    namespaceExists: null,
    warnings: [],
    causes: [],
    message: null,
    kubevirtVersion: null,
    notChecked: reason,
  };
}
