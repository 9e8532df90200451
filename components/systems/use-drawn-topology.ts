import { useTranslations } from "next-intl";
import { iconOfVm, toneOfVm } from "@/components/vms/vm-status";
import type { Topology } from "@/lib/vms/topology/schema";
import type { DrawnTopology } from "./topology-layout";

/** What is drawn, in the reader's words: the drawing itself brings no messages along. */
export function useDrawnTopology(name: string, topology: Topology): DrawnTopology {
  const t = useTranslations("systems.topology");
  const states = useTranslations("vms.status");
  return {
    system: { id: topology.systemId, name },
    services: topology.services.map((service) => ({
      id: service.id,
      name: service.name,
      vms: service.vms.map((vm) => ({
        id: vm.id,
        name: vm.name,
        status: states(vm.status),
        icon: iconOfVm(vm.status),
        tone: toneOfVm(vm.status),
      })),
      more: service.moreVms === 0 ? null : t("more", { count: service.moreVms }),
    })),
    words: { closer: t("closer"), further: t("further"), whole: t("whole"), noVms: t("noVms") },
  };
}
