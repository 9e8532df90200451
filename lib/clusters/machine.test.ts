import { expect, test } from "vitest";
import { canMove } from "@/lib/core/state-machine";
import { clusterMachine } from "./machine";

test("a cluster is found healthy, degraded or lost from every other state, and never becomes unknown again", () => {
  const legal = clusterMachine.moveNames.flatMap((move) =>
    clusterMachine.states
      .filter((state) => canMove(clusterMachine, state, move))
      .map((state) => `${state} ${move} ${clusterMachine.moves[move].to}`),
  );
  expect(legal.sort()).toEqual([
    "HEALTHY degrade UNHEALTHY",
    "HEALTHY lose UNREACHABLE",
    "UNHEALTHY lose UNREACHABLE",
    "UNHEALTHY recover HEALTHY",
    "UNKNOWN degrade UNHEALTHY",
    "UNKNOWN lose UNREACHABLE",
    "UNKNOWN recover HEALTHY",
    "UNREACHABLE degrade UNHEALTHY",
    "UNREACHABLE recover HEALTHY",
  ]);
});
