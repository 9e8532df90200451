import { listClusterFacts } from "@/lib/clusters/cluster-facts";
import type { Candidate } from "@/lib/clusters/placement";
import { matchClusters } from "@/lib/clusters/rules";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import type { VmBlueprint } from "@/lib/vms/schema";
import { readUnknownPaths } from "@/lib/catalog/fields/read-unknown-paths";
import { needOf } from "@/lib/vms/placement/rules";
import { blueprintOf, requireConsistentBlueprint, type Targets } from "./rules";
import { requestVmInput, type ApprovalChoices } from "./schema";
import {
  machineTicket,
  readSize,
  readTemplate,
  type RequestedSize,
  type RequestedTemplate,
  type Ticket,
} from "./store";

/** A creation with the choices made so far, and where it could go. */
export interface Creation {
  template: RequestedTemplate;
  size: RequestedSize;
  asked: VmBlueprint;
  /** Without a storage class until a cluster is chosen. */
  wanted: VmBlueprint;
  candidates: Candidate[];
}

export interface PlacedCreation extends Creation {
  clusterId: string;
  blueprint: VmBlueprint;
}

const targetsOf = requestVmInput
  .pick({ targetCpuCores: true, targetMemoryGi: true, targetDiskGb: true, fields: true })
  .strip();

/** A step: reads what a ticket asks for, applies the approver's choices and matches it to the clusters. */
export async function readCreation(tx: Tx, ticket: Ticket, choices: ApprovalChoices): Promise<Creation> {
  if (ticket.templateId === null || ticket.instanceSizeId === null) {
    throw new AppError("INVALID_REQUEST", { reason: "not a creation" });
  }
  return matchCreation(tx, {
    templateId: ticket.templateId,
    instanceSizeId: ticket.instanceSizeId,
    environment: machineTicket(ticket).environment,
    targets: targetsOf.parse(ticket.requestParams),
    choices,
  });
}

export async function matchCreation(
  tx: Tx,
  wanted: {
    templateId: string;
    instanceSizeId: string;
    environment: string;
    targets: Targets;
    choices: ApprovalChoices;
  },
): Promise<Creation> {
  const template = await readTemplate(tx, wanted.templateId, wanted.choices.templateVersion);
  const size = await readSize(tx, wanted.instanceSizeId);
  const askedTemplate = await readTemplate(tx, wanted.templateId);
  const asked = blueprintOf(askedTemplate, size, wanted.targets, {});
  const blueprint = blueprintOf(template, size, wanted.targets, wanted.choices);
  requireConsistentBlueprint(blueprint, size);
  const clusters = await listClusterFacts(tx, { environment: wanted.environment });
  const need = needOf(blueprint, {
    environment: wanted.environment,
    imageClusterId: template.imageClusterId,
    unknownPaths: await readUnknownPaths(tx, clusters, blueprint.overrides),
  });
  const candidates = matchClusters(need, clusters);
  return { template, size, asked, wanted: blueprint, candidates };
}

/** Fixes the cluster and its storage class; a cluster that does not fit is refused with its reasons. */
export function placeCreation(creation: Creation, clusterId: string): PlacedCreation {
  const candidate = creation.candidates.find((one) => one.clusterId === clusterId);
  if (candidate === undefined) throw new AppError("ENVIRONMENT_MISMATCH", { clusterId });
  if (!candidate.eligible) {
    throw new AppError("CLUSTER_NOT_PLACEABLE", {
      cluster: candidate.name,
      exclusions: candidate.exclusions,
    });
  }
  const { accessModes, volumeMode } = candidate.rootVolume;
  const blueprint = {
    ...creation.wanted,
    storageClass: candidate.storageClass,
    dvAccessModes: accessModes,
    dvVolumeMode: volumeMode,
  };
  return { ...creation, clusterId, blueprint };
}
