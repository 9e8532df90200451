import type { NotificationKind } from "@/lib/vocabulary/notification-kinds";

export const mailModes = ["now", "digest", "off"] as const;
export type MailMode = (typeof mailModes)[number];

/** What people get by mail until they choose: what asks something of them or ends their waiting. */
export const usualMail: Record<NotificationKind, MailMode> = {
  APPROVAL_PENDING: "now",
  APPROVAL_COMPLETED: "now",
  APPROVAL_REJECTED: "now",
  APPROVAL_REMINDER: "now",
  APPROVAL_ESCALATED: "now",
  INFORMATION_REQUESTED: "now",
  INFORMATION_GIVEN: "now",
  REQUEST_COMMENT: "now",
  VM_STATUS_CHANGE: "off",
  VM_EXPIRY: "now",
  BATCH_COMPLETED: "now",
  QUOTA_CHANGED: "now",
  EMERGENCY_ACCESS: "now",
  EMERGENCY_REVIEW: "now",
  SYSTEM_ALERT: "now",
};

export const deliveryLocales = ["en", "zh-CN"] as const;
export type DeliveryLocale = (typeof deliveryLocales)[number];

export const channelMedia = ["slack", "teams", "webhook"] as const;
export type ChannelMedium = (typeof channelMedia)[number];
export const media = ["mail", ...channelMedia] as const;
export type Medium = (typeof media)[number];
