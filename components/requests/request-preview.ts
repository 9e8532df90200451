import type { PlacementPreview } from "@/lib/requests/schema";

/** What the form's verdict tells; who decides and the name arrive where the answer carries them. */
export type RequestPreview = PlacementPreview & {
  approval?: {
    required: boolean;
    policyName: string | null;
    approvers: { username: string; displayName: string }[];
  };
  vmName?: string;
};
