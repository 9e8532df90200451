import type { ResourceType } from "@/lib/access/members/schema";

/** Whose members a page is about: the system, or one of its services. */
export interface MemberPlace {
  systemId: string;
  resourceType: ResourceType;
  resourceId: string;
  name: string;
}

/** As the doors of members want it named. */
export function placeInputs({ systemId, resourceType, resourceId }: MemberPlace): Record<string, string> {
  return resourceType === "system" ? { systemId } : { systemId, resourceType, resourceId };
}
