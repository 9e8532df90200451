import type { VmState } from "../machine";

interface TopologyVm {
  id: string;
  name: string;
  status: VmState;
}

export interface TopologyService {
  id: string;
  name: string;
  /** Those that need somebody first, then by name; at most fifty. */
  vms: TopologyVm[];
  /** How many there are besides; at most a thousand are counted. */
  moreVms: number;
}

export interface Topology {
  systemId: string;
  services: TopologyService[];
  hasMoreServices: boolean;
}
