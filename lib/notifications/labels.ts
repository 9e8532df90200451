import type { NotificationKind } from "@/lib/vocabulary/notification-kinds";

/** Where an inbox entry leads. */
export function notificationPath(entry: {
  type: NotificationKind;
  relatedTicketId: string | null;
  resourceType: string | null;
  resourceId: string | null;
}): string {
  if (entry.type === "APPROVAL_PENDING" && entry.relatedTicketId !== null)
    return `/approvals/${entry.relatedTicketId}`;
  if (entry.type === "VM_STATUS_CHANGE" && entry.resourceType === "vm" && entry.resourceId !== null) {
    return `/vms/${entry.resourceId}`;
  }
  if (entry.resourceType === "auth_provider" && entry.resourceId !== null)
    return `/admin/identity/${entry.resourceId}`;
  return entry.relatedTicketId === null ? "/inbox" : `/requests/${entry.relatedTicketId}`;
}
