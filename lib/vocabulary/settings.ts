interface SettingDefinition {
  /** A text is a name as Kubernetes takes it. */
  default: number | boolean | string | readonly string[];
  description: string;
  /** Of a number: what it may be at least and at most. */
  minimum?: number;
  maximum?: number;
  /** What the entries of a list are; names where nothing is said. */
  holds?: "hosts";
}

/** Settings an administrator may change while the portal runs; absent rows mean the default. */
export const settingDefinitions = {
  "session.lifetime_hours": {
    default: 24,
    description: "How long a sign-in lasts at most.",
    minimum: 1,
    maximum: 168,
  },
  "session.idle_minutes": {
    default: 30,
    description: "How long a session may rest before it ends.",
    minimum: 5,
    maximum: 1440,
  },
  "session.concurrent_max": {
    default: 10,
    description: "How many sessions one person may have; the oldest ends when one more begins.",
    minimum: 1,
    maximum: 100,
  },
  "mfa.required": { default: false, description: "Everybody signs in with a second factor." },
  "mfa.step_up_minutes": {
    default: 10,
    description: "How long a second factor counts as fresh for what asks for one.",
    minimum: 1,
    maximum: 60,
  },
  "token.lifetime_days_max": {
    default: 365,
    description: "How long an API token may live at most.",
    minimum: 1,
    maximum: 3650,
  },
  "password.link_hours": {
    default: 24,
    description: "How long a link for setting a password stays good.",
    minimum: 1,
    maximum: 168,
  },
  "password.length_min_with_mfa": {
    default: 8,
    description: "Shortest password of somebody who has a second factor.",
    minimum: 8,
    maximum: 64,
  },
  "password.length_min": {
    default: 15,
    description: "Shortest password where it is the only factor.",
    minimum: 15,
    maximum: 64,
  },
  "login.failures_per_account": {
    default: 10,
    description: "Failed sign-ins per account in 15 minutes.",
    minimum: 3,
    maximum: 100,
  },
  "login.failures_per_address": {
    default: 60,
    description: "Failed sign-ins per address in 15 minutes.",
    minimum: 10,
    maximum: 10000,
  },
  "vm.provisioning_timeout_minutes": {
    default: 60,
    description: "After this long without running, a creation counts as failed.",
    minimum: 5,
    maximum: 1440,
  },
  "vm.operation_timeout_minutes": {
    default: 15,
    description: "After this long without an end, a power operation or deletion counts as failed.",
    minimum: 1,
    maximum: 240,
  },
  "catalog.upload_size_max_gb": {
    default: 32,
    description: "Largest image that may be uploaded from a browser.",
    minimum: 1,
    maximum: 4096,
  },
  "catalog.images_namespace": {
    default: "shepherd-images",
    description: "Where uploaded images live in each cluster.",
  },
  "naming.reserved": {
    default: ["default", "system", "admin", "root", "internal"],
    description: "Names nobody may give to a system, service or namespace.",
  },
  "catalog.image_hosts": {
    default: [],
    description: "Hosts that templates may take images from; none means every public one.",
    holds: "hosts",
  },
} as const satisfies Record<string, SettingDefinition>;

export type SettingKey = keyof typeof settingDefinitions;
