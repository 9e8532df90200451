import { createSizeInput, type CreateSize } from "@/lib/catalog/sizes/schema";

/** Which of the two labs has the hardware. */
export type Hall = "default" | "gpu";

const guest = "spec.template.spec";
const domain = `${guest}.domain`;
const size = (name: string, over: object): CreateSize =>
  createSizeInput.parse({
    ...{
      name,
      displayName: name,
      cpuCores: 2,
      memoryGi: 4,
      defaultDiskGb: 40,
      minDiskGb: 10,
      maxDiskGb: 500,
    },
    ...{ catalogScope: "all", ...over },
  });

/** Every kind of hardware and of override that a size can speak of. */
export const sizesOfCombinations: { hall: Hall; size: CreateSize }[] = [
  { hall: "default", size: size("c1-half", { cpuCores: 0.5, cpuRequest: 0.5, memoryGi: 0.5 }) },
  {
    hall: "default",
    size: size("c2-shared", {
      cpuCores: 4,
      cpuRequest: 1,
      memoryGi: 8,
      memoryRequestGi: 4.5,
      dvAccessModes: ["ReadWriteMany"],
    }),
  },
  {
    hall: "default",
    size: size("c3-tuned", {
      dvVolumeMode: "Block",
      specOverrides: {
        [`${domain}.cpu.model`]: "host-passthrough",
        [`${domain}.cpu.features`]: [{ name: "vmx", policy: "require" }],
        [`${domain}.machine.type`]: "q35",
        [`${domain}.features.smm`]: { enabled: true },
        [`${domain}.firmware.bootloader`]: { efi: { secureBoot: true, persistent: true } },
        [`${domain}.devices.tpm`]: { persistent: true },
        [`${domain}.devices.networkInterfaceMultiqueue`]: true,
        [`${domain}.devices.blockMultiQueue`]: true,
        [`${domain}.ioThreadsPolicy`]: "auto",
        [`${guest}.evictionStrategy`]: "LiveMigrate",
      },
    }),
  },
  {
    hall: "default",
    size: size("c4-pinned", {
      cpuCores: 8,
      memoryGi: 16,
      dedicatedCpu: true,
      specOverrides: { [`${domain}.cpu.isolateEmulatorThread`]: true, [`${domain}.cpu.sockets`]: 1 },
    }),
  },
  {
    hall: "default",
    size: size("c5-a10", {
      gpuDevices: [{ name: "nvidia.com/GA102GL_A10", count: 2 }],
      hugepagesSize: "2Mi",
      specOverrides: { [`${guest}.evictionStrategy`]: "None" },
    }),
  },
  {
    hall: "default",
    size: size("c6-giant-pages", {
      memoryGi: 8,
      specOverrides: {
        [`${domain}.memory.hugepages.pageSize`]: "1Gi",
        [`${domain}.cpu.dedicatedCpuPlacement`]: true,
        [`${domain}.cpu.numa`]: { guestMappingPassthrough: {} },
      },
    }),
  },
  {
    hall: "default",
    size: size("c7-sriov", { sriovNetworks: ["default/sriov-net"], dvAccessModes: ["ReadWriteOnce"] }),
  },
  {
    hall: "gpu",
    size: size("c8-h100", {
      ...{ cpuCores: 32, memoryGi: 256, dedicatedCpu: true, hugepagesSize: "1Gi" },
      gpuDevices: [{ name: "nvidia.com/H100", count: 4 }],
      sriovNetworks: ["default/storage-net", "default/fabric"],
      ...{ dvAccessModes: ["ReadWriteMany"], dvVolumeMode: "Block" },
    }),
  },
];
