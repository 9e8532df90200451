import { z } from "zod";
import type { ClusterClient } from "./client";
import { listSchema, objectMetadata, readAnswer, readJson } from "./types";

export interface MachineGeneration {
  namespace: string;
  name: string;
  uid: string;
  /** Counts each change of the spec, and of nothing else. */
  generation: number;
}

const pageSize = 500;
const bytesMax = 32 * 1024 * 1024;

/** The names and generations of a cluster's machines of one label, a page at a time, without their contents. */
export async function* listGenerations(
  client: ClusterClient,
  labelSelector: string,
): AsyncGenerator<MachineGeneration[]> {
  let from: string | undefined;
  do {
    const answer = await client.exchange({
      method: "GET",
      path: "/apis/kubevirt.io/v1/virtualmachines",
      query: { limit: pageSize, labelSelector, continue: from },
      headers: {
        accept: "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1, application/json",
      },
      bytesMax,
    });
    const list = readAnswer(listSchema, readJson(answer.body));
    yield (list.items ?? []).flatMap(describe);
    from = list.metadata.continue || undefined;
  } while (from !== undefined);
}

const item = z.object({ metadata: objectMetadata });

function describe(object: unknown): MachineGeneration[] {
  const parsed = item.safeParse(object);
  if (!parsed.success) return [];
  const { namespace, name, uid, generation } = parsed.data.metadata;
  return [{ namespace, name, uid, generation: generation ?? 0 }];
}
