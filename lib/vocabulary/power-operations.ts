export const powerOperations = [
  "START_VM",
  "STOP_VM",
  "RESTART_VM",
  "FORCE_STOP_VM",
  "PAUSE_VM",
  "RESUME_VM",
  "SOFT_REBOOT_VM",
  "RESET_VM",
] as const;
export type PowerOperation = (typeof powerOperations)[number];
