/** What a System's room in an environment is measured in. */
export const dimensions = ["vms", "cpuCores", "memoryGi", "diskGb", "gpus"] as const;
export type Dimension = (typeof dimensions)[number];
