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
  "emergency.minutes_max": {
    default: 60,
    description: "How long an emergency may last at most.",
    minimum: 5,
    maximum: 240,
  },
  "emergency.review_hours": {
    default: 72,
    description: "Within how many hours after its end an emergency is to be reviewed.",
    minimum: 1,
    maximum: 720,
  },
  "batch.pending_parents_global": {
    default: 100,
    description: "How many batches may be open at once, of everybody together.",
    minimum: 1,
    maximum: 10000,
  },
  "batch.pending_parents_per_user": {
    default: 3,
    description: "How many open batches one person may have.",
    minimum: 1,
    maximum: 100,
  },
  "batch.pending_children_per_user": {
    default: 30,
    description: "How many requests of one person's batches may wait for a decision.",
    minimum: 1,
    maximum: 1000,
  },
  "batch.cooldown_seconds": {
    default: 120,
    description: "How long one person waits between two batches.",
    minimum: 0,
    maximum: 3600,
  },
  "k8s.per_cluster_limit": {
    default: 5,
    description: "How many operations run at one cluster at a time.",
    minimum: 1,
    maximum: 200,
  },
  "k8s.global_limit": {
    default: 50,
    description: "How many operations run at all clusters at a time.",
    minimum: 1,
    maximum: 2000,
  },
  "lifetime.extensions_max": {
    default: 3,
    description: "How often a machine's life may be extended without being asked for.",
    minimum: 0,
    maximum: 100,
  },
  "lifetime.extension_days_max": {
    default: 30,
    description: "By how many days at once, without being asked for.",
    minimum: 1,
    maximum: 365,
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
