/** What a request would hold of its System's room, from its submission until the machine is gone. */
export interface Demand {
  vms: number;
  cpuCores: number;
  /** The guest's memory and what its launcher needs beside it. */
  memoryGi: number;
  diskGb: number;
  gpus: number;
}
