import { defineMachine, type MoveOf, type StateOf } from "@/lib/core/state-machine";

/** Spec §4 Cluster; `enabled` and `maintenance` are flags beside it. */
export const clusterMachine = defineMachine({
  name: "cluster",
  states: ["UNKNOWN", "HEALTHY", "UNHEALTHY", "UNREACHABLE"],
  initial: "UNKNOWN",
  moves: {
    recover: { from: ["UNKNOWN", "UNHEALTHY", "UNREACHABLE"], to: "HEALTHY" },
    degrade: { from: ["UNKNOWN", "HEALTHY", "UNREACHABLE"], to: "UNHEALTHY" },
    lose: { from: ["UNKNOWN", "HEALTHY", "UNHEALTHY"], to: "UNREACHABLE" },
  },
});

export type ClusterStatus = StateOf<typeof clusterMachine>;
export type ClusterMove = MoveOf<typeof clusterMachine>;
