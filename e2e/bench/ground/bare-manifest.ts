import type { VirtualMachineManifest } from "@/lib/adapters/kubevirt/types";
import { renderVm } from "@/lib/vms/render-vm";

/** The manifest of an ordinary machine, of the size and shape that the portal sends. */
export function aBareManifest(namespace: string, name: string): VirtualMachineManifest {
  return renderVm(
    {
      name,
      namespace,
      system: "bench",
      service: "web",
      serviceId: "bench",
      instance: "01",
      ticketId: "bench",
      createdBy: "bench",
    },
    {
      source: { type: "containerdisk", imageUrl: "quay.io/containerdisks/ubuntu:24.04" },
      cloudInit: "",
      osFamily: "linux",
      cpuRequest: 1,
      cpuLimit: 1,
      memoryRequestGi: 2,
      memoryLimitGi: 2,
      diskGb: 20,
      dedicatedCpu: false,
      gpuDevices: [],
      hugepagesSize: null,
      storageClass: null,
      dvAccessModes: [],
      dvVolumeMode: null,
      sriovNetworks: [],
      overrides: {},
      initialPassword: null,
    },
  );
}
