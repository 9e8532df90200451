import type { NotificationKind } from "@/lib/vocabulary/notification-kinds";
import type { NoticeParams } from "../labels";
import type { TemplateName } from "./schema";

interface Sample {
  type: NotificationKind;
  params: NoticeParams;
}

const request = { operation: "CREATE_VM", requester: "Rosa Lindqvist", system: "shop", service: "checkout" };
const access = { operation: "SYSTEM_ACCESS", system: "shop", role: "member", days: 30 };

/** What a preview and a test tell of; a digest shows two of them. */
export const samples: Record<TemplateName, Sample> = {
  APPROVAL_PENDING: { type: "APPROVAL_PENDING", params: { ...request, vm: null } },
  APPROVAL_COMPLETED: { type: "APPROVAL_COMPLETED", params: { ...request, approver: "Amir Haddad" } },
  APPROVAL_REJECTED: {
    type: "APPROVAL_REJECTED",
    params: { ...request, approver: "Amir Haddad", reason: "Use the shared database first." },
  },
  APPROVAL_REMINDER: { type: "APPROVAL_REMINDER", params: { ...request, step: "Platform" } },
  APPROVAL_ESCALATED: { type: "APPROVAL_ESCALATED", params: { ...request, step: "Platform" } },
  ACCESS_PENDING: { type: "APPROVAL_PENDING", params: { ...access, requester: "Rosa Lindqvist" } },
  ACCESS_COMPLETED: { type: "APPROVAL_COMPLETED", params: { ...access, approver: "Amir Haddad" } },
  ACCESS_REJECTED: {
    type: "APPROVAL_REJECTED",
    params: { ...access, approver: "Amir Haddad", reason: "Ask your own team first." },
  },
  INFORMATION_REQUESTED: {
    type: "INFORMATION_REQUESTED",
    params: { ...request, approver: "Amir Haddad", question: "How long is it needed?" },
  },
  INFORMATION_GIVEN: { type: "INFORMATION_GIVEN", params: request },
  REQUEST_COMMENT: {
    type: "REQUEST_COMMENT",
    params: { ...request, author: "Amir Haddad", comment: "Fine with me." },
  },
  VM_SUCCEEDED: {
    type: "VM_STATUS_CHANGE",
    params: { vm: "shop-checkout-01", operation: "CREATE", system: "shop", succeeded: true },
  },
  VM_FAILED: {
    type: "VM_STATUS_CHANGE",
    params: { vm: "shop-checkout-01", operation: "CREATE", system: "shop", succeeded: false },
  },
  VM_EXPIRY: { type: "VM_EXPIRY", params: { vm: "shop-checkout-01", days: 7, system: "shop" } },
  BATCH_COMPLETED: { type: "BATCH_COMPLETED", params: { operation: "CREATE_VM", succeeded: 9, failed: 1 } },
  QUOTA_CHANGED: { type: "QUOTA_CHANGED", params: { system: "shop", environment: "test" } },
  EMERGENCY_ACCESS: {
    type: "EMERGENCY_ACCESS",
    params: {
      person: "Ingrid Berg",
      system: "shop",
      environment: "prod",
      reason: "Checkout is down.",
      minutes: 60,
    },
  },
  EMERGENCY_REVIEW: { type: "EMERGENCY_REVIEW", params: { person: "Ingrid Berg", system: "shop" } },
  SYSTEM_ALERT: { type: "SYSTEM_ALERT", params: {} },
  DIGEST: { type: "APPROVAL_PENDING", params: {} },
};
