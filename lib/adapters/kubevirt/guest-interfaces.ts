import { isIP } from "node:net";
import { z } from "zod";
import type { ClusterClient } from "./client";
import { ClusterFailure, cleanText } from "./failures";
import { checkedName } from "./paths";
import { readAnswer, readJson } from "./types";

const interfacesMax = 64;
const addressesMax = 64;

interface GuestInterface {
  name: string | null;
  guestName: string | null;
  mac: string | null;
  addresses: string[];
  sources: string[];
}

/** What the running instance's status says of its interfaces, and whether an agent answers; null where none runs. */
export async function readInstanceInterfaces(
  client: ClusterClient,
  namespace: string,
  name: string,
): Promise<{ uid: string; interfaces: GuestInterface[] } | null> {
  const path = `/apis/kubevirt.io/v1/namespaces/${checkedName(namespace)}/virtualmachineinstances/${checkedName(name)}`;
  try {
    const answer = await client.exchange({ method: "GET", path });
    const { metadata, status } = readAnswer(instance, readJson(answer.body));
    return { uid: metadata.uid, interfaces: status?.interfaces ?? [] };
  } catch (error) {
    if (error instanceof ClusterFailure && error.kind === "gone") return null;
    throw error;
  }
}

const word = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === "string" ? cleanText(value, 253).trim() || null : null));
const mac = z
  .string()
  .regex(/^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i)
  .nullable()
  .catch(null);
const address = z.string().refine((text) => isIP(text.replace(/%[\w.-]{1,32}$/, "")) !== 0);

const networkInterface = z
  .object({
    name: word,
    interfaceName: word,
    mac,
    ipAddress: address.nullable().catch(null),
    ipAddresses: z.array(z.unknown()).nullish().catch(null),
    infoSource: word,
  })
  .transform((one) => ({
    name: one.name,
    guestName: one.interfaceName,
    mac: one.mac,
    addresses: addressesOf(one.ipAddress, one.ipAddresses ?? []),
    sources: (one.infoSource ?? "")
      .split(",")
      .map((source) => source.trim())
      .filter((source) => /^[a-z][a-z-]{0,62}$/.test(source))
      .slice(0, 8),
  }));

function addressesOf(first: string | null, others: unknown[]): string[] {
  const valid = others.slice(0, addressesMax).flatMap((one) => {
    const parsed = address.safeParse(one);
    return parsed.success ? [parsed.data] : [];
  });
  return [...new Set(first === null ? valid : [first, ...valid])];
}

const instance = z.object({
  metadata: z.object({ uid: z.string().min(1).max(253) }),
  status: z
    .object({
      interfaces: z
        .array(z.unknown())
        .nullish()
        .transform((list) =>
          (list ?? []).slice(0, interfacesMax).flatMap((one) => {
            const parsed = networkInterface.safeParse(one);
            return parsed.success ? [parsed.data] : [];
          }),
        )
        .catch([]),
    })
    .nullish()
    .catch(null),
});
