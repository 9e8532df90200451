import { expect, test } from "vitest";
import { needOf } from "./rules";
import { vmBlueprint } from "../schema";

const blueprint = vmBlueprint.parse({
  source: { type: "cdi_pvc_clone", pvcNamespace: "golden", pvcName: "debian" },
  cloudInit: "",
  osFamily: "linux",
  cpuRequest: 1,
  cpuLimit: 2,
  memoryRequestGi: 4,
  memoryLimitGi: 4,
  diskGb: 20,
  dedicatedCpu: false,
  gpuDevices: [{ name: "nvidia.com/T4", count: 1 }],
  hugepagesSize: null,
  storageClass: null,
  dvAccessModes: [],
  dvVolumeMode: null,
  sriovNetworks: ["default/fast"],
});

test("a blueprint asks of a cluster what it will use, and says when it counts on overcommitment", () => {
  const need = needOf(blueprint, { environment: "test", imageClusterId: "here" });
  expect(need).toMatchObject({
    environment: "test",
    overcommitCpu: true,
    overcommitMemory: false,
    sriovNetworks: ["default/fast"],
    gpuDevices: [{ name: "nvidia.com/T4", count: 1 }],
    cloneSourceNamespace: "golden",
    imageClusterId: "here",
  });
  expect(need).not.toHaveProperty("storageClass");
  expect(needOf({ ...blueprint, storageClass: "fast" }, { environment: "test" })).toMatchObject({
    storageClass: "fast",
  });
});
