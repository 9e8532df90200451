import type { NotificationKind } from "@/lib/vocabulary/notification-kinds";

export type NoticeParams = Record<string, string | number | boolean | null>;

/** What a notice says, in one of these sentences; the words stand with whoever says them. */
export const noticeSentences = [
  "APPROVAL_PENDING",
  "APPROVAL_COMPLETED",
  "APPROVAL_REJECTED",
  "APPROVAL_REMINDER",
  "APPROVAL_ESCALATED",
  "ACCESS_PENDING",
  "ACCESS_COMPLETED",
  "ACCESS_REJECTED",
  "INFORMATION_REQUESTED",
  "INFORMATION_GIVEN",
  "REQUEST_COMMENT",
  "VM_SUCCEEDED",
  "VM_FAILED",
  "VM_EXPIRY",
  "BATCH_COMPLETED",
  "QUOTA_CHANGED",
  "EMERGENCY_ACCESS",
  "EMERGENCY_REVIEW",
  "SYSTEM_ALERT",
] as const;
export type NoticeSentence = (typeof noticeSentences)[number];

export function sentenceOf(type: NotificationKind, params: NoticeParams): NoticeSentence {
  const isAboutAccess = params["operation"] === "SYSTEM_ACCESS" || params["operation"] === "ACCESS";
  switch (type) {
    case "VM_STATUS_CHANGE":
      return params["succeeded"] === true ? "VM_SUCCEEDED" : "VM_FAILED";
    case "APPROVAL_PENDING":
      return isAboutAccess ? "ACCESS_PENDING" : type;
    case "APPROVAL_COMPLETED":
      return isAboutAccess ? "ACCESS_COMPLETED" : type;
    case "APPROVAL_REJECTED":
      return isAboutAccess ? "ACCESS_REJECTED" : type;
    default:
      return type;
  }
}

export interface NoticeSubject {
  type: NotificationKind;
  relatedTicketId: string | null;
  resourceType: string | null;
  resourceId: string | null;
}

/** Kinds that ask somebody to decide; their reader belongs at the desk and not at the request. */
const forDeciders = new Set<NotificationKind>([
  "APPROVAL_PENDING",
  "APPROVAL_REMINDER",
  "APPROVAL_ESCALATED",
  "INFORMATION_GIVEN",
]);

const pathOfResource: Record<string, (id: string) => string> = {
  vm: (id) => `/vms/${id}`,
  batch: (id) => `/batches/${id}`,
  emergency: (id) => `/emergencies/${id}`,
  auth_provider: (id) => `/admin/identity/${id}`,
  system: (id) => `/systems/${id}`,
  console_recording: (id) => `/recordings/${id}`,
};

/** What the thing itself is wins over the request that led to it, for these kinds. */
const aboutTheThing = new Set<NotificationKind>([
  "VM_STATUS_CHANGE",
  "VM_EXPIRY",
  "BATCH_COMPLETED",
  "EMERGENCY_ACCESS",
  "EMERGENCY_REVIEW",
  "SYSTEM_ALERT",
]);

/** Where an inbox entry leads. */
export function notificationPath(entry: NoticeSubject): string {
  const ofResource = entry.resourceType === null ? undefined : pathOfResource[entry.resourceType];
  const thing = entry.resourceId === null ? undefined : ofResource?.(encodeURIComponent(entry.resourceId));
  if (thing !== undefined && (aboutTheThing.has(entry.type) || entry.relatedTicketId === null)) return thing;
  if (entry.relatedTicketId === null) return thing ?? "/inbox";
  return `/${forDeciders.has(entry.type) ? "approvals" : "requests"}/${entry.relatedTicketId}`;
}
