import { labelPrefix, managedBy } from "@/lib/vms/render-vm";

export interface LabelFacts {
  systemName: string;
  serviceName: string;
  serviceId: string;
  instance: string;
  importedBy: string;
}

/** Of a machine that was not made here: no ticket, and its host name stays what it is (spec §5.12). */
export function importLabels(facts: LabelFacts): Record<string, string> {
  return {
    [`${labelPrefix}/managed-by`]: managedBy,
    [`${labelPrefix}/system`]: facts.systemName,
    [`${labelPrefix}/service`]: facts.serviceName,
    [`${labelPrefix}/service-id`]: facts.serviceId,
    [`${labelPrefix}/instance`]: facts.instance,
    [`${labelPrefix}/created-by`]: facts.importedBy,
  };
}
