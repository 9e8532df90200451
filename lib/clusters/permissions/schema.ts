import { z } from "zod";

const rule = z.object({ apiGroup: z.string(), resource: z.string(), verb: z.string() });

/** One thing that the account in the kubeconfig may not do. */
export const missingPermission = rule.extend({ purpose: z.string() });

export const permissionReport = z.object({
  purposes: z.array(
    z.object({
      purpose: z.string(),
      /** Without it nothing can be placed; the others only take a feature away. */
      indispensable: z.boolean(),
      ruleCount: z.number(),
      missing: z.array(rule),
      /** Adds what is missing for this purpose, ready for kubectl. */
      manifest: z.string().nullable(),
    }),
  ),
  missingManifest: z.string().nullable(),
  wholeManifest: z.string(),
});

export type PermissionReport = z.output<typeof permissionReport>;
