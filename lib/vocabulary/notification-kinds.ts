/** What an inbox entry can be about (spec §5.20). */
export const notificationKinds = [
  "APPROVAL_PENDING",
  "APPROVAL_COMPLETED",
  "APPROVAL_REJECTED",
  "VM_STATUS_CHANGE",
  "SYSTEM_ALERT",
] as const;

export type NotificationKind = (typeof notificationKinds)[number];
