import { z } from "zod";
import { connectToCluster } from "@/lib/adapters/kubevirt/client";
import { parseKubeconfig } from "@/lib/adapters/kubevirt/kubeconfig";
import { applyVirtualMachine, readVirtualMachine } from "@/lib/adapters/kubevirt/virtual-machines";
import { newId } from "@/lib/core/ids";
import { aBareManifest } from "../ground/bare-manifest";
import type { Stage } from "./stage";

const callsPerMachine = 2;

/**
 * The same calls by the same client with nothing around them: what one takes, alone and unhurried. The ideal is so many
 * rounds of so many at a time, each as long as that.
 */
export async function measureCall(stage: Stage, latencyMs: number): Promise<{ secondsPerMachine: number }> {
  const [kubeconfig = ""] = stage.kubeconfigs;
  const client = connectToCluster(parseKubeconfig(kubeconfig));
  await stage.labs.ask("setFault", z.null(), { cluster: null, latencyMs });
  const took: number[] = [];
  for (let count = 0; count < 6; count += 1) {
    const name = `direct-${newId().slice(-10)}`;
    const from = performance.now();
    await readVirtualMachine(client, stage.wish.namespace, name);
    await applyVirtualMachine(client, aBareManifest(stage.wish.namespace, name));
    took.push((performance.now() - from) / 1000);
  }
  await stage.labs.ask("clearFaults", z.null());
  client.close();
  const sorted = took.slice(1).toSorted((a, b) => a - b);
  return { secondsPerMachine: sorted[Math.floor(sorted.length / 2)] ?? (callsPerMachine * latencyMs) / 1000 };
}
