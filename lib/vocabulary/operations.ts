/** What can be asked for; policies are written against these (spec §2 approval_policies). */
export const operations = [
  "CREATE_VM",
  "MODIFY_VM",
  "DELETE_VM",
  "START_VM",
  "STOP_VM",
  "RESTART_VM",
  "FORCE_STOP_VM",
  "PAUSE_VM",
  "RESUME_VM",
  "SOFT_REBOOT_VM",
  "RESET_VM",
  "VNC_ACCESS",
  "CREATE_SNAPSHOT",
  "RESTORE_SNAPSHOT",
  "CLONE_VM",
  "EXTEND_VM",
  "SCHEDULE_VM",
  "INCREASE_QUOTA",
] as const;
export type Operation = (typeof operations)[number];

/** A role on a System can be asked for too; no policy is written against it, its System's owners always decide. */
export type AnyOperation = Operation | "SYSTEM_ACCESS";

/** The kind a ticket is filed under (spec §2 approval_tickets). */
export const operationTypes = [
  "CREATE",
  "MODIFY",
  "DELETE",
  "POWER",
  "VNC_ACCESS",
  "ACCESS",
  "SNAPSHOT",
  "RESTORE",
  "CLONE",
  "LIFETIME",
  "QUOTA",
] as const;
export type OperationType = (typeof operationTypes)[number];

export const operationTypeOf: Record<AnyOperation, OperationType> = {
  CREATE_VM: "CREATE",
  MODIFY_VM: "MODIFY",
  DELETE_VM: "DELETE",
  START_VM: "POWER",
  STOP_VM: "POWER",
  RESTART_VM: "POWER",
  FORCE_STOP_VM: "POWER",
  PAUSE_VM: "POWER",
  RESUME_VM: "POWER",
  SOFT_REBOOT_VM: "POWER",
  RESET_VM: "POWER",
  VNC_ACCESS: "VNC_ACCESS",
  SYSTEM_ACCESS: "ACCESS",
  CREATE_SNAPSHOT: "SNAPSHOT",
  RESTORE_SNAPSHOT: "RESTORE",
  CLONE_VM: "CLONE",
  EXTEND_VM: "LIFETIME",
  SCHEDULE_VM: "LIFETIME",
  INCREASE_QUOTA: "QUOTA",
};
