import type { AuditAction } from "@/lib/vocabulary/audit-actions";
import type { EventType } from "@/lib/vocabulary/event-types";
import type { AnyOperation } from "@/lib/vocabulary/operations";
import type { Permission, ResourceRole } from "@/lib/vocabulary/permissions";

interface Names {
  eventType: EventType;
  /** Recorded when it is asked for; its outcome is recorded by whoever sees it happen. */
  auditAction: AuditAction;
}

/** Who may ask for something about a machine. */
interface OperationRow extends Names {
  permission: Permission;
  role: ResourceRole;
}

/** What the funnel takes today. */
export type Requestable = AnyOperation;

/** Kind → who may ask for it, and what it is called in events and records (spec §3, §5.10–5.15, §5.19). */
export const operationTable: Record<Exclude<Requestable, "SYSTEM_ACCESS">, OperationRow> &
  Record<"SYSTEM_ACCESS", Names> = {
  CREATE_VM: {
    permission: "vm:create",
    role: "member",
    eventType: "VM_CREATION_REQUESTED",
    auditAction: "vm.request",
  },
  START_VM: {
    permission: "vm:operate",
    role: "member",
    eventType: "VM_START_REQUESTED",
    auditAction: "vm.start_submitted",
  },
  STOP_VM: {
    permission: "vm:operate",
    role: "member",
    eventType: "VM_STOP_REQUESTED",
    auditAction: "vm.stop_submitted",
  },
  RESTART_VM: {
    permission: "vm:operate",
    role: "member",
    eventType: "VM_RESTART_REQUESTED",
    auditAction: "vm.restart_submitted",
  },
  FORCE_STOP_VM: {
    permission: "vm:operate",
    role: "member",
    eventType: "VM_FORCE_STOP_REQUESTED",
    auditAction: "vm.force_stop_submitted",
  },
  PAUSE_VM: {
    permission: "vm:operate",
    role: "member",
    eventType: "VM_PAUSE_REQUESTED",
    auditAction: "vm.pause_submitted",
  },
  RESUME_VM: {
    permission: "vm:operate",
    role: "member",
    eventType: "VM_RESUME_REQUESTED",
    auditAction: "vm.resume_submitted",
  },
  SOFT_REBOOT_VM: {
    permission: "vm:operate",
    role: "member",
    eventType: "VM_SOFT_REBOOT_REQUESTED",
    auditAction: "vm.soft_reboot_submitted",
  },
  RESET_VM: {
    permission: "vm:operate",
    role: "member",
    eventType: "VM_RESET_REQUESTED",
    auditAction: "vm.reset_submitted",
  },
  DELETE_VM: {
    permission: "vm:delete",
    role: "admin",
    eventType: "VM_DELETION_REQUESTED",
    auditAction: "vm.delete_submitted",
  },
  MODIFY_VM: {
    permission: "vm:create",
    role: "member",
    eventType: "VM_MODIFICATION_REQUESTED",
    auditAction: "vm.modify_submitted",
  },
  VNC_ACCESS: {
    permission: "vnc:access",
    role: "member",
    eventType: "VNC_ACCESS_REQUESTED",
    auditAction: "vnc.access_requested",
  },
  CREATE_SNAPSHOT: {
    permission: "vm:operate",
    role: "member",
    eventType: "VM_SNAPSHOT_REQUESTED",
    auditAction: "vm.snapshot_submitted",
  },
  RESTORE_SNAPSHOT: {
    permission: "vm:operate",
    role: "member",
    eventType: "VM_RESTORE_REQUESTED",
    auditAction: "vm.restore_submitted",
  },
  CLONE_VM: {
    permission: "vm:create",
    role: "member",
    eventType: "VM_CLONE_REQUESTED",
    auditAction: "vm.clone_submitted",
  },
  EXTEND_VM: {
    permission: "vm:operate",
    role: "member",
    eventType: "VM_EXTENSION_REQUESTED",
    auditAction: "vm.extend_submitted",
  },
  SCHEDULE_VM: {
    permission: "vm:operate",
    role: "member",
    eventType: "VM_SCHEDULE_REQUESTED",
    auditAction: "vm.schedule_submitted",
  },
  INCREASE_QUOTA: {
    permission: "system:read",
    role: "member",
    eventType: "QUOTA_INCREASE_REQUESTED",
    auditAction: "quota.increase_requested",
  },
  SYSTEM_ACCESS: {
    eventType: "SYSTEM_ACCESS_REQUESTED",
    auditAction: "access.requested",
  },
};
