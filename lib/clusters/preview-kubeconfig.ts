import { authorize } from "@/lib/access/authorize";
import { describeConnection } from "@/lib/adapters/kubevirt/kubeconfig";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { readKubeconfig } from "./connections/read-kubeconfig";
import type { ConnectionPreview, PreviewKubeconfig } from "./schema";

/** What a kubeconfig would connect to, before anything is saved; pure beyond the permission, nothing is contacted. */
export async function previewKubeconfig(ctx: Context, input: PreviewKubeconfig): Promise<ConnectionPreview> {
  await authorize(db(), ctx, "cluster:write");
  return describeConnection(readKubeconfig(input.kubeconfig));
}
