import type { FieldTier } from "@/lib/catalog/fields/schema";
import type { SizeDetail } from "@/lib/catalog/sizes/schema";

// Written out here, because the schemas' own lists would bring their whole parser into the browser.
export const hugepagesSizes = ["2Mi", "1Gi"] as const;
export const accessModes = [
  "ReadWriteOnce",
  "ReadOnlyMany",
  "ReadWriteMany",
  "ReadWriteOncePod",
] as const satisfies SizeDetail["dvAccessModes"];
export const volumeModes = ["Block", "Filesystem"] as const satisfies NonNullable<
  SizeDetail["dvVolumeMode"]
>[];
export const fieldTiers = ["quick", "advanced", "professional"] as const satisfies FieldTier[];
