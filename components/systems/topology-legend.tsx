import { useTranslations } from "next-intl";
import { VmStatus } from "@/components/vms/vm-status";
import { vmMachine } from "@/lib/vms/machine";
import type { TopologyService } from "@/lib/vms/topology/schema";

/** The states that occur in the picture, each with its mark and its word. */
export function TopologyLegend({ services }: { services: readonly TopologyService[] }) {
  const t = useTranslations("systems.topology");
  const occurring = new Set(services.flatMap(({ vms }) => vms.map(({ status }) => status)));
  const shown = vmMachine.states.filter((status) => occurring.has(status));
  if (shown.length === 0) return null;
  return (
    <ul aria-label={t("legend")} className="flex flex-wrap gap-x-4 gap-y-1">
      {shown.map((status) => (
        <li key={status}>
          <VmStatus status={status} look="plain" />
        </li>
      ))}
    </ul>
  );
}
