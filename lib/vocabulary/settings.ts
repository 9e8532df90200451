interface SettingDefinition {
  default: number | boolean | readonly string[];
  description: string;
}

/** Settings an administrator may change while the portal runs; absent rows mean the default. */
export const settingDefinitions = {
  "session.lifetime_hours": { default: 24, description: "How long a sign-in lasts at most." },
  "session.idle_minutes": { default: 30, description: "How long a session may rest before it ends." },
  "password.length_min": { default: 15, description: "Shortest password where it is the only factor." },
  "login.failures_per_account": { default: 10, description: "Failed sign-ins per account in 15 minutes." },
  "login.failures_per_address": { default: 60, description: "Failed sign-ins per address in 15 minutes." },
  "vm.provisioning_timeout_minutes": {
    default: 60,
    description: "After this long without running, a creation counts as failed.",
  },
  "vm.operation_timeout_minutes": {
    default: 15,
    description: "After this long without an end, a power operation or deletion counts as failed.",
  },
  "naming.reserved": {
    default: ["default", "system", "admin", "root", "internal"],
    description: "Names nobody may give to a system, service or namespace.",
  },
} as const satisfies Record<string, SettingDefinition>;

export type SettingKey = keyof typeof settingDefinitions;
