export type RequestField =
  "targetCpuCores" | "targetMemoryGi" | "targetDiskGb" | "templateId" | "instanceSizeId";

/** Most particular first: a claim for memory also names resources, and both are inside the domain. */
const fieldOfPath: readonly (readonly [path: RegExp, field: RequestField])[] = [
  [/gpus?\b|hostDevices|hugepages|dedicatedCpuPlacement/, "instanceSizeId"],
  [/dataVolumeTemplates.*\bsource\b|containerDisk|cloudInit|volumes\[/, "templateId"],
  [/dataVolumeTemplates|storage|persistentVolumeClaim/, "targetDiskGb"],
  [/memory/, "targetMemoryGi"],
  [/cpu/, "targetCpuCores"],
];

/** The input that a path of the cluster's refusal speaks of; null where none does. */
export function fieldOfRefusal(path: string): RequestField | null {
  return fieldOfPath.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}
