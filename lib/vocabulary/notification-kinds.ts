/** What an inbox entry can be about (spec §5.20). */
export const notificationKinds = [
  "APPROVAL_PENDING",
  "APPROVAL_COMPLETED",
  "APPROVAL_REJECTED",
  "VM_STATUS_CHANGE",
  "SYSTEM_ALERT",
  "APPROVAL_REMINDER",
  "APPROVAL_ESCALATED",
  "INFORMATION_REQUESTED",
  "INFORMATION_GIVEN",
  "REQUEST_COMMENT",
  "BATCH_COMPLETED",
  "VM_EXPIRY",
  "EMERGENCY_ACCESS",
  "EMERGENCY_REVIEW",
  "QUOTA_CHANGED",
] as const;

export type NotificationKind = (typeof notificationKinds)[number];
