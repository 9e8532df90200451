import { describe, expect, test } from "vitest";
import { ownPath } from "@/lib/identity/rules";
import { notificationKinds } from "@/lib/vocabulary/notification-kinds";
import { noticeSentences, notificationPath, sentenceOf } from "./labels";

const about = { relatedTicketId: null, resourceType: null, resourceId: null };

describe("where a notice leads", () => {
  test.each([
    ["APPROVAL_PENDING", { relatedTicketId: "t1" }, "/approvals/t1"],
    ["APPROVAL_REMINDER", { relatedTicketId: "t1" }, "/approvals/t1"],
    ["APPROVAL_ESCALATED", { relatedTicketId: "t1" }, "/approvals/t1"],
    ["INFORMATION_GIVEN", { relatedTicketId: "t1" }, "/approvals/t1"],
    ["INFORMATION_REQUESTED", { relatedTicketId: "t1" }, "/requests/t1"],
    ["REQUEST_COMMENT", { relatedTicketId: "t1" }, "/requests/t1"],
    ["APPROVAL_COMPLETED", { relatedTicketId: "t1" }, "/requests/t1"],
    ["APPROVAL_REJECTED", { relatedTicketId: "t1" }, "/requests/t1"],
    ["VM_STATUS_CHANGE", { relatedTicketId: "t1", resourceType: "vm", resourceId: "v1" }, "/vms/v1"],
    ["VM_STATUS_CHANGE", { relatedTicketId: "t1" }, "/requests/t1"],
    ["VM_EXPIRY", { resourceType: "vm", resourceId: "v1" }, "/vms/v1"],
    ["BATCH_COMPLETED", { resourceType: "batch", resourceId: "b1" }, "/batches/b1"],
    ["EMERGENCY_ACCESS", { resourceType: "emergency", resourceId: "e1" }, "/emergencies/e1"],
    ["EMERGENCY_REVIEW", { resourceType: "emergency", resourceId: "e1" }, "/emergencies/e1"],
    ["QUOTA_CHANGED", { resourceType: "system", resourceId: "s1" }, "/systems/s1"],
    ["SYSTEM_ALERT", { resourceType: "auth_provider", resourceId: "p1" }, "/admin/identity/p1"],
    ["SYSTEM_ALERT", {}, "/inbox"],
    ["VM_EXPIRY", { resourceType: "vm", resourceId: "../../evil" }, "/vms/..%2F..%2Fevil"],
  ] as const)("%s about %j: %s", (type, subject, path) => {
    expect(notificationPath({ ...about, type, ...subject })).toBe(path);
  });

  test("signing in on the way keeps it, whatever the kind", () => {
    for (const type of notificationKinds) {
      const path = notificationPath({
        ...about,
        type,
        relatedTicketId: "t1",
        resourceType: "vm",
        resourceId: "v1",
      });
      expect(ownPath(path)).toBe(path);
    }
  });
});

test("every kind says one of the known sentences, whatever it is about", () => {
  for (const type of notificationKinds) {
    for (const params of [{}, { operation: "ACCESS" }, { operation: "SYSTEM_ACCESS" }, { succeeded: true }]) {
      expect(noticeSentences).toContain(sentenceOf(type, params));
    }
  }
});
