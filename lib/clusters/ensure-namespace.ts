import type { ClusterClient } from "@/lib/adapters/kubevirt/client";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { createNamespace, readNamespace } from "@/lib/adapters/kubevirt/namespaces";
import { AppError } from "@/lib/core/errors";
import type { ErrorCode } from "@/lib/vocabulary/error-codes";
import { clusterOf } from "./connect-cluster";
import { recordNamespace } from "./namespaces/store";

/** How long a namespace that was there is taken for granted, so that steady creation costs no extra read. */
const rememberedMs = 300_000;
const remembered = new WeakMap<ClusterClient, Map<string, number>>();

interface WantedNamespace {
  name: string;
  environment: string;
  /** For the annotation; the caller's clock. */
  now?: Date;
}

/**
 * The namespace exists when this returns (spec §5.5); one that was there already is a success.
 * @throws NAMESPACE_PERMISSION_DENIED, NAMESPACE_QUOTA_EXCEEDED, NAMESPACE_NAME_INVALID, NAMESPACE_CREATION_FAILED with
 * a hint; failures that may pass are thrown as they are
 */
export async function ensureNamespace(
  client: ClusterClient,
  wanted: WantedNamespace,
): Promise<{ created: boolean }> {
  const known = remembered.get(client) ?? new Map<string, number>();
  remembered.set(client, known);
  if ((known.get(wanted.name) ?? 0) > performance.now()) return { created: false };
  const result = await findOrCreate(client, wanted);
  await remember(client, wanted.name);
  known.set(wanted.name, performance.now() + rememberedMs);
  return result;
}

/** The registry's page shows where the namespace is. */
async function remember(client: ClusterClient, name: string): Promise<void> {
  const clusterId = clusterOf(client);
  if (clusterId !== undefined) await recordNamespace({ clusterId, name, state: "present" });
}

/** The cluster said that a remembered namespace is not there after all. */
export function forgetNamespace(client: ClusterClient, name: string): void {
  remembered.get(client)?.delete(name);
}

async function findOrCreate(client: ClusterClient, wanted: WantedNamespace): Promise<{ created: boolean }> {
  try {
    const found = await readNamespace(client, wanted.name);
    if (found?.isTerminating) {
      throw new ClusterFailure("conflict", `namespace ${wanted.name} is being removed from the cluster`);
    }
    if (found !== null) return { created: false };
    return await createNamespace(client, {
      name: wanted.name,
      labels: {
        "kubevirt-shepherd.io/managed-by": "kubevirt-shepherd",
        "kubevirt-shepherd.io/environment": wanted.environment,
      },
      annotations: { "kubevirt-shepherd.io/created-at": (wanted.now ?? new Date()).toISOString() },
    });
  } catch (error) {
    if (error instanceof ClusterFailure && error.kind === "rejected")
      throw refusal(client, wanted.name, error);
    throw error;
  }
}

function refusal(client: ClusterClient, namespace: string, failure: ClusterFailure): AppError {
  return new AppError(classify(failure), {
    namespace,
    cluster: client.server,
    hint: `kubectl create namespace ${namespace}`,
    message: failure.message,
  });
}

function classify(failure: ClusterFailure): ErrorCode {
  if (/quota/i.test(failure.message)) return "NAMESPACE_QUOTA_EXCEEDED";
  if (failure.status === 401 || failure.status === 403) return "NAMESPACE_PERMISSION_DENIED";
  const isName =
    failure.reason === "InvalidName" || failure.causes.some(({ field }) => field === "metadata.name");
  return isName || failure.status === 422 ? "NAMESPACE_NAME_INVALID" : "NAMESPACE_CREATION_FAILED";
}
