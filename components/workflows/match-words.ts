import { useTranslations } from "next-intl";
import { useOperationName } from "@/components/policies/policy-words";
import type { WorkflowRow } from "@/lib/requests/workflows/schema";

/** The conditions of a workflow as short words; none where it leads everything. */
export function useMatchWords(): (workflow: Pick<WorkflowRow, "match" | "systemName">) => string[] {
  const t = useTranslations("workflows.match");
  const operationName = useOperationName();
  return ({ match, systemName }) => {
    const { environment, environmentName, minCpuCores, minMemoryGi, minDiskGb, requiresGpu, costClass } =
      match;
    const words = [
      ...match.operations.map(operationName),
      environment === "all" ? null : t(environment),
      environmentName,
      match.systemId === null ? null : t("system", { name: systemName ?? match.systemId }),
      minCpuCores === null ? null : t("cpu", { count: minCpuCores }),
      minMemoryGi === null ? null : t("memory", { size: minMemoryGi }),
      minDiskGb === null ? null : t("disk", { size: minDiskGb }),
      requiresGpu === null ? null : t(requiresGpu ? "gpu" : "noGpu"),
      costClass === null ? null : t("costClass", { name: costClass }),
    ];
    return words.filter((word) => word !== null);
  };
}
