/** Types of domain events (spec §5.22). */
export const eventTypes = [
  "VM_CREATION_REQUESTED",
  "VM_DELETION_REQUESTED",
  "VM_START_REQUESTED",
  "VM_STOP_REQUESTED",
  "VM_RESTART_REQUESTED",
  "VM_FORCE_STOP_REQUESTED",
  "VM_PAUSE_REQUESTED",
  "VM_RESUME_REQUESTED",
  "VM_SOFT_REBOOT_REQUESTED",
  "VM_RESET_REQUESTED",
  "VM_MODIFICATION_REQUESTED",
  "VM_SNAPSHOT_REQUESTED",
  "VM_SNAPSHOT_DELETION_REQUESTED",
  "VM_RESTORE_REQUESTED",
  "VM_CLONE_REQUESTED",
  "VM_EXTENSION_REQUESTED",
  "VM_SCHEDULE_REQUESTED",
  "QUOTA_INCREASE_REQUESTED",
  "VM_ADOPTED",
  "VM_IMPORT_REQUESTED",
  "VNC_ACCESS_REQUESTED",
  "SYSTEM_ACCESS_REQUESTED",
  "SYSTEM_CREATED",
  "SYSTEM_DELETED",
  "SERVICE_CREATED",
  "SERVICE_DELETED",
  "NAMESPACE_CREATED",
  "ClusterKubeVirtVersionChanged",
] as const;

export type EventType = (typeof eventTypes)[number];

/** Steps a running operation passes, in order; the ticket's stepper shows them. */
export const operationSteps = ["namespace", "manifest", "applied", "scheduled", "running"] as const;
export type OperationStep = (typeof operationSteps)[number];
