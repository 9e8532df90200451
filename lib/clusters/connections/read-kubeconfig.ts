import { findKubeconfigLine } from "@/lib/adapters/kubevirt/kubeconfig-line";
import { parseKubeconfig, type ClusterConnection } from "@/lib/adapters/kubevirt/kubeconfig";
import { AppError } from "@/lib/core/errors";

/**
 * The connection a kubeconfig leads to; a refusal marks the input with its reason, and with the line where it is known.
 * @throws KUBECONFIG_REFUSED {reason, path, line}
 */
export function readKubeconfig(text: string): ClusterConnection {
  try {
    return parseKubeconfig(text);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "KUBECONFIG_REFUSED") throw error;
    const path = String(error.params["path"] ?? "");
    const params = { ...error.params, line: findKubeconfigLine(text, path) };
    throw new AppError(error.code, params, [{ field: "kubeconfig", code: "kubeconfig_refused", params }]);
  }
}
