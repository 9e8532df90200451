import { z } from "zod";
import { renderVm } from "../render-vm";
import type { VmBlueprint, VmIdentity } from "../schema";
import { valueAt } from "./live/rules";
import { isSame, type ModificationWish } from "./schema";

const domain = "spec.template.spec.domain";
/** Where a manifest keeps what a size is made of besides its amounts. */
const hardwarePaths = [
  `${domain}.cpu.dedicatedCpuPlacement`,
  `${domain}.memory.hugepages`,
  `${domain}.devices.gpus`,
  `${domain}.devices.interfaces`,
  "spec.template.spec.networks",
];

/** Names and labels are no part of what is compared. */
const anybody: VmIdentity = {
  ...{ name: "vm", namespace: "ns", system: "s", service: "s", serviceId: "s" },
  ...{ instance: "01", ticketId: "t", createdBy: "u" },
};
const json = z.json();

/** The paths of the manifest that another size changes. */
export function compareHardware(before: VmBlueprint, after: VmBlueprint): ModificationWish["paths"] {
  const [old, next] = [renderVm(anybody, before), renderVm(anybody, after)].map((manifest) => ({
    spec: manifest.spec,
  }));
  const paths =
    before.dedicatedCpu === after.dedicatedCpu ? hardwarePaths : [...hardwarePaths, `${domain}.resources`];
  return paths.flatMap((path) => {
    const [was, becomes] = [json.parse(valueAt(old ?? {}, path)), json.parse(valueAt(next ?? {}, path))];
    return isSame(was, becomes) ? [] : [{ path, before: was, value: becomes, isOverride: false }];
  });
}
