import { z } from "zod";

/** What the last look found; absent: nobody has looked there yet. */
export const namespaceStates = ["present", "absent", "terminating", "unknown"] as const;

export const locateNamespaceInput = z.strictObject({
  clusterId: z.string().max(64),
  name: z.string().min(1).max(63),
});
export const locatedNamespace = z.object({ exists: z.boolean(), terminating: z.boolean() });

export const recheckNamespaceInput = z.strictObject({ namespaceId: z.string().max(64) });

/** A namespace in one cluster of its environment. */
export const namespacePlace = z.object({
  clusterId: z.string(),
  clusterName: z.string(),
  displayName: z.string(),
  clusterStatus: z.string(),
  enabled: z.boolean(),
  state: z.enum(namespaceStates),
  checkedAt: z.date().nullable(),
  vmCount: z.number(),
});
export const namespacePlaces = z.object({ items: z.array(namespacePlace) });

/** How many clusters answered, and which did not. */
export const recheckedNamespace = z.object({
  answered: z.number(),
  silent: z.array(z.object({ cluster: z.string(), words: z.string() })),
});

/** What would keep the namespace from being removed. */
export const namespaceUse = z.object({ vms: z.number(), requests: z.number(), services: z.number() });

export const ownerFilter = z.strictObject({ q: z.string().trim().min(1).max(64) });
export const ownerList = z.object({
  items: z.array(z.object({ id: z.string(), username: z.string(), displayName: z.string() })),
});

export type LocateNamespace = z.output<typeof locateNamespaceInput>;
export type LocatedNamespace = z.output<typeof locatedNamespace>;
export type NamespaceState = (typeof namespaceStates)[number];
export type RecheckNamespace = z.output<typeof recheckNamespaceInput>;
export type RecheckedNamespace = z.output<typeof recheckedNamespace>;
export type NamespacePlace = z.output<typeof namespacePlace>;
export type NamespaceUse = z.output<typeof namespaceUse>;
export type OwnerFilter = z.output<typeof ownerFilter>;
export type OwnerList = z.output<typeof ownerList>;
