import { renderVm } from "@/lib/vms/render-vm";
import type { VmIdentity } from "@/lib/vms/schema";
import { listOmissions } from "./chart/rules";
import { renderYaml } from "./render-yaml";
import type { ResolvedExport } from "./resolve-export";

/** Words in place of a machine's own, each a name that a cluster would take. */
export const placeholderIdentity: VmIdentity = {
  name: "my-namespace-my-system-my-service-01",
  namespace: "my-namespace",
  system: "my-system",
  service: "my-service",
  serviceId: "my-service-id",
  instance: "01",
  ticketId: "my-ticket-id",
  createdBy: "my-user-id",
};

/** The manifest that Shepherd would apply, with its placeholders told above it. */
export function renderPlainYaml(found: ResolvedExport): string {
  const { template, size, blueprint } = found;
  const head = [
    `Template ${template.name} version ${template.version} with size ${size.name}.`,
    "",
    "Placeholders; Shepherd puts each machine's own in their stead:",
    ...placeholders.map(([word, meaning]) => `  ${word.padEnd(38)}${meaning}`),
    ...listOmissions(found).flatMap((sentence) => ["", ...sentence.split("\n")]),
  ];
  const comment = head.map((line) => (line === "" ? "#" : `# ${line}`)).join("\n");
  return `${comment}\n${renderYaml(renderVm(placeholderIdentity, blueprint))}`;
}

const placeholders = [
  [placeholderIdentity.name, "name of the machine, its host name and that of its root disk"],
  [placeholderIdentity.namespace, "namespace"],
  [placeholderIdentity.system, "name of the System"],
  [placeholderIdentity.service, "name of the Service"],
  [placeholderIdentity.serviceId, "id of the Service"],
  [placeholderIdentity.instance, "number of the machine within the Service"],
  [placeholderIdentity.ticketId, "id of the request"],
  [placeholderIdentity.createdBy, "id of whoever asked"],
] as const;
