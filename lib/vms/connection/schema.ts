import { z } from "zod";

/** How to reach a machine from a desk, with who said so and when. */
export interface VmConnection {
  vmId: string;
  name: string;
  namespace: string;
  /** Null until the cluster has told one. */
  address: string | null;
  /** What else its guest says it has. */
  otherAddresses: string[];
  observedAt: Date | null;
  osFamily: "linux" | "windows" | null;
  user: { name: string; source: "template" | "cloud_init" | "system" } | null;
  /** Whether the person may see clusters, and so may speak to one. */
  hasCluster: boolean;
}

export const rdpQuery = z.strictObject({ user: z.string().max(64).optional() });
export type RdpQuery = z.output<typeof rdpQuery>;
