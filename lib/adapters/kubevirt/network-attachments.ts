import { z } from "zod";

export const networkAttachmentSchema = z.object({
  metadata: z.object({
    name: z.string().max(253),
    namespace: z.string().max(253).default(""),
    annotations: z.record(z.string(), z.string()).default({}).catch({}),
  }),
  spec: z
    .object({
      config: z
        .string()
        .max(64 * 1024)
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
});

export interface SriovNetwork {
  namespace: string;
  name: string;
  /** The device plugin's resource behind it, where the definition names one. */
  resource?: string;
}

const plugin = z.object({ type: z.string().optional().catch(undefined) });
const configSchema = plugin.extend({ plugins: z.array(plugin).optional().catch(undefined) });

/** Null for a network of another kind. */
export function describeSriovNetwork(
  definition: z.output<typeof networkAttachmentSchema>,
): SriovNetwork | null {
  if (!pluginTypes(definition.spec?.config).includes("sriov")) return null;
  const { namespace, name, annotations } = definition.metadata;
  const resource = annotations["k8s.v1.cni.cncf.io/resourceName"];
  return { namespace, name, ...(resource ? { resource } : {}) };
}

// The CNI configuration is JSON inside a string, either one plugin or a chain of them.
function pluginTypes(config: string | undefined): string[] {
  try {
    const parsed = configSchema.safeParse(JSON.parse(config ?? "{}"));
    if (!parsed.success) return [];
    return [parsed.data, ...(parsed.data.plugins ?? [])].flatMap((one) => one.type ?? []);
  } catch {
    return [];
  }
}
