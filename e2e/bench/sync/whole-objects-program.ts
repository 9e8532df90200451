import { z } from "zod";
import { connectToCluster } from "@/lib/adapters/kubevirt/client";
import { parseKubeconfig } from "@/lib/adapters/kubevirt/kubeconfig";
import { answerParent, readMemory } from "./answer-parent";
import { followed } from "./shapes";

/** What an informer's cache holds: every object, whole. */
const kinds = ["virtualmachines", "virtualmachineinstances"];
const list = z.object({
  metadata: z.object({ continue: z.string().optional() }),
  items: z.array(z.looseObject({ metadata: z.looseObject({ uid: z.string() }) })),
});
const held = new Map<string, unknown>();

answerParent({
  memory: readMemory,
  start: async (input) => {
    for (const { kubeconfig } of followed.parse(input)) await hold(kubeconfig);
    return held.size;
  },
});

async function hold(kubeconfig: string): Promise<void> {
  const client = connectToCluster(parseKubeconfig(kubeconfig));
  for (const kind of kinds) {
    let from: string | undefined;
    do {
      const answer = await client.exchange({
        method: "GET",
        path: `/apis/kubevirt.io/v1/${kind}`,
        query: {
          limit: 500,
          continue: from,
          labelSelector: "kubevirt-shepherd.io/managed-by=kubevirt-shepherd",
        },
      });
      const page = list.parse(JSON.parse(answer.body));
      for (const item of page.items) held.set(item.metadata.uid, item);
      from = page.metadata.continue === "" ? undefined : page.metadata.continue;
    } while (from !== undefined);
  }
  client.close();
}
