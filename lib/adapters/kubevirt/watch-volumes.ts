import { z } from "zod";
import { condition, objectMetadata } from "./types";

/** Where DataVolumes are listed and watched; a cluster without CDI does not serve it. */
export const dataVolumesPath = "/apis/cdi.kubevirt.io/v1beta1/datavolumes";

/** "N/A" before the first byte, which is nothing to show. */
const percentage = z
  .string()
  .regex(/^\d{1,3}(?:\.\d{1,4})?%$/)
  .optional()
  .catch(undefined);

const conditionsMax = 16;

/** A DataVolume, of which only the filling is looked at. */
export const watchedVolumeSchema = z.object({
  metadata: objectMetadata,
  status: z
    .object({
      phase: z.string().max(64).optional().catch(undefined),
      progress: percentage,
      conditions: z
        .array(z.unknown())
        .transform((list) =>
          list.slice(0, conditionsMax).flatMap((one) => condition.safeParse(one).data ?? []),
        )
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
});
export type WatchedVolume = z.output<typeof watchedVolumeSchema>;
