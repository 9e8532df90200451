import { stringify } from "yaml";
import { authorize } from "@/lib/access/authorize";
import { readUnknownPaths } from "@/lib/catalog/fields/read-unknown-paths";
import { checkCloudInit } from "@/lib/catalog/templates/cloud-init/rules";
import { templateContent, type TemplateContent } from "@/lib/catalog/templates/schema";
import { settleTemplate } from "@/lib/catalog/templates/settle-template";
import { listClusterFacts } from "@/lib/clusters/cluster-facts";
import type { Candidate } from "@/lib/clusters/placement";
import { matchClusters } from "@/lib/clusters/rules";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { askWorker } from "@/lib/core/worker-questions";
import { dryRunVmJob } from "@/lib/vms/jobs";
import { needOf } from "@/lib/vms/placement/rules";
import { renderVm } from "@/lib/vms/render-vm";
import { dryRunAnswer, type VmBlueprint, type VmIdentity } from "@/lib/vms/schema";
import { blueprintOf, type SizeFacts } from "../rules";
import { readSize } from "../store";
import type { PreviewTemplate, TemplatePreview } from "./schema";

/** What saving would say, the machine that would come of it, and a cluster's own word on that; nothing is written. */
export async function previewTemplate(ctx: Context, input: PreviewTemplate): Promise<TemplatePreview> {
  await authorize(db(), ctx, "template:write");
  const given = templateContent.parse(input.template);
  const cloudInit = checkCloudInit(given.cloudInit.replaceAll("\r\n", "\n"), given);
  const nothing = {
    problems: [],
    cloudInit,
    renderedYaml: null,
    exclusions: [],
    verdict: null,
    notChecked: null,
  };
  try {
    const content = await settleTemplate(db(), given);
    const size = input.instanceSizeId === undefined ? smallSize : await readSize(db(), input.instanceSizeId);
    const blueprint = blueprintOf(content, size, {}, {});
    const renderedYaml = stringify(renderVm(madeUp, blueprint), {
      lineWidth: 0,
      aliasDuplicateObjects: false,
    });
    if (input.clusterId === undefined) return { ...nothing, renderedYaml };
    return { ...nothing, renderedYaml, ...(await askCluster(ctx, input.clusterId, { blueprint, content })) };
  } catch (error) {
    if (error instanceof AppError) return { ...nothing, problems: problemsOf(error) };
    throw error;
  }
}

function problemsOf({ code, params, fields }: AppError): TemplatePreview["problems"] {
  if (fields.length === 0) return [{ field: null, code, params }];
  return fields.map((field) => ({ field: field.field, code: field.code, params: field.params ?? {} }));
}

/** A namespace that no cluster has is asked about in one that every cluster has. */
const madeUp: VmIdentity = {
  ...{
    name: "preview-shop-web-01",
    namespace: "preview",
    system: "shop",
    service: "web",
    serviceId: "preview",
  },
  ...{ instance: "01", ticketId: "preview", createdBy: "preview" },
};

const smallSize: SizeFacts = {
  ...{ cpuCores: 1, cpuRequest: null, memoryGi: 2, memoryRequestGi: null },
  ...{ defaultDiskGb: 20, minDiskGb: 1, maxDiskGb: 65_536, dedicatedCpu: false, gpuDevices: [] },
  ...{ sriovNetworks: [], specOverrides: {}, hugepagesSize: null, dvAccessModes: [], dvVolumeMode: null },
};

interface Made {
  blueprint: VmBlueprint;
  content: TemplateContent;
}

type Asked = Pick<TemplatePreview, "exclusions" | "verdict" | "notChecked">;

async function askCluster(ctx: Context, clusterId: string, made: Made): Promise<Asked> {
  const candidate = await matchCluster(clusterId, made);
  const { storageClass, rootVolume, exclusions } = candidate;
  const { accessModes: dvAccessModes, volumeMode: dvVolumeMode } = rootVolume;
  const targets = [{ clusterId, storageClass, dvAccessModes, dvVolumeMode }];
  try {
    const question = { targets, identity: madeUp, blueprint: made.blueprint };
    const { verdicts } = await askWorker(ctx, dryRunVmJob, question, dryRunAnswer);
    return { exclusions, verdict: verdicts[0] ?? null, notChecked: null };
  } catch (error) {
    if (error instanceof AppError && error.code === "WORKER_SILENT")
      return { exclusions, verdict: null, notChecked: error.code };
    throw error;
  }
}

async function matchCluster(clusterId: string, { blueprint, content }: Made): Promise<Candidate> {
  const clusters = await listClusterFacts(db(), { clusterId });
  const [cluster] = clusters;
  if (cluster === undefined) throw new AppError("RESOURCE_NOT_FOUND", { resource: "cluster" });
  const upload =
    content.imageUploadId === null
      ? null
      : await db().imageUpload.findUnique({
          where: { id: content.imageUploadId },
          select: { clusterId: true },
        });
  const need = needOf(blueprint, {
    environment: cluster.environment,
    imageClusterId: upload?.clusterId,
    unknownPaths: await readUnknownPaths(db(), clusters, blueprint.overrides),
  });
  const [candidate] = matchClusters(need, clusters);
  if (candidate === undefined) throw new AppError("RESOURCE_NOT_FOUND", { resource: "cluster" });
  return candidate;
}
