import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { PolicyListRow } from "@/lib/requests/policies/schema";
import { useRequesterName } from "./policy-words";

/** When a rule applies, in short words; one without conditions always does. */
export function PolicyConditions({ policy }: { policy: PolicyListRow }) {
  const t = useTranslations("policies.condition");
  const words = useConditionWords(policy);
  if (words.length === 0) return <span className="text-ink-faint">{t("always")}</span>;
  return (
    <span className="flex min-w-0 flex-wrap gap-1">
      {words.map((word) => (
        <Badge key={word} className="h-auto min-h-5 whitespace-normal">
          {word}
        </Badge>
      ))}
    </span>
  );
}

function useConditionWords(policy: PolicyListRow): string[] {
  const t = useTranslations("policies.condition");
  const requesterName = useRequesterName();
  const { environment, environmentName, systemId, systemName, requesterRole } = policy;
  const { minCpuCores, minMemoryGi, minDiskGb, requiresGpu, workflowId, workflowName } = policy;
  const gone = t("gone");
  return [
    environmentName === null ? null : t("environment", { name: environmentName }),
    environmentName === null && environment !== "all" ? t("class", { class: environment }) : null,
    systemId === null ? null : t("system", { name: systemName ?? gone }),
    requesterRole === null ? null : t("requester", { role: requesterName(requesterRole, policy.roleName) }),
    minCpuCores === null ? null : t("cpu", { count: minCpuCores }),
    minMemoryGi === null ? null : t("memory", { size: minMemoryGi }),
    minDiskGb === null ? null : t("disk", { size: minDiskGb }),
    requiresGpu === null ? null : t(requiresGpu ? "gpu" : "noGpu"),
    workflowId === null ? null : t("steps", { name: workflowName ?? gone }),
  ].filter((word) => word !== null);
}
