import { z } from "zod";
import { pageOf } from "@/lib/core/paging";
import { deliveryOutcomes, deskMeanings, deskTypes } from "@/lib/vocabulary/approval-desks";
import { operations } from "@/lib/vocabulary/operations";

const id = z.string().min(1).max(64);
const name = z.string().trim().min(1).max(100);
const address = z.string().trim().min(1).max(2_000);
// A form posts the end of each line as CR LF; one certificate is one text, however it came.
const pem = z
  .string()
  .overwrite((text) => text.replaceAll("\r\n", "\n"))
  .trim()
  .max(64_000)
  .regex(/^-----BEGIN CERTIFICATE-----/, "invalid_certificate");
const word = z.string().trim().min(1).max(100);

/** Which requests a desk takes; an empty list stands for all. */
export const route = z.strictObject({
  operations: z
    .array(z.enum([...operations, "SYSTEM_ACCESS"]))
    .max(20)
    .default([]),
  environments: z.array(z.string().max(60)).max(50).default([]),
  systemIds: z.array(id).max(200).default([]),
  minCpuCores: z.number().min(0).max(10_000).nullable().default(null),
  minMemoryGi: z.number().min(0).max(100_000).nullable().default(null),
  minDiskGb: z.number().min(0).max(1_000_000).nullable().default(null),
});
export type Route = z.output<typeof route>;

export const webhookConfig = z.strictObject({
  /** Where the desk can be asked how a request stands; null: it calls back. */
  statusUrl: address.nullable().default(null),
});
export const serviceNowConfig = z.strictObject({
  table: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,79}$/, "invalid_format")
    .default("change_request"),
  statusField: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,79}$/, "invalid_format")
    .default("approval"),
  approverField: z
    .string()
    .regex(/^[a-z][a-z0-9_.]{0,79}$/, "invalid_format")
    .default("sys_updated_by"),
  cancelField: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,79}$/, "invalid_format")
    .default("state"),
  cancelValue: word.default("4"),
});
export const jiraConfig = z.strictObject({
  projectKey: z.string().regex(/^[A-Z][A-Z0-9_]{0,49}$/, "invalid_format"),
  issueType: word.default("Task"),
  cancelTransition: word.default("Cancel"),
});

/** The desk's own word, in small letters → what it means. */
export const statusMapping = z
  .record(z.string().trim().toLowerCase().min(1).max(100), z.enum(deskMeanings))
  .refine((mapping) => Object.keys(mapping).length <= 50, "too_many");
export type StatusMapping = z.output<typeof statusMapping>;

const headerName = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,99}$/, "invalid_format");
const headerValue = z.string().regex(/^[\x20-\x7e]{0,4000}$/, "invalid_format");
const reservedHeaders =
  /^(host|content-length|content-type|transfer-encoding|connection|upgrade|te|trailer|expect|keep-alive|proxy-.*|x-signature-256.*|x-shepherd-.*|x-ticket-id|idempotency-key)$/i;
export const headers = z
  .record(headerName, headerValue)
  .refine((given) => Object.keys(given).length <= 20, "too_many")
  .refine((given) => Object.keys(given).every((one) => !reservedHeaders.test(one)), "not_allowed");

export const secretText = z.string().min(16).max(1_000);
const word1000 = z.string().min(1).max(1_000);
export const credentials = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("basic"), username: z.string().min(1).max(200), password: word1000 }),
  z.strictObject({ kind: z.literal("bearer"), token: word1000 }),
]);
export type Credentials = z.output<typeof credentials>;

/** Absent: what is kept stays. Null: it is forgotten. None of them is ever read back. */
const secrets = {
  signingKey: secretText.nullable().optional(),
  headers: headers.nullable().optional(),
  credentials: credentials.nullable().optional(),
  callbackSecret: secretText.nullable().optional(),
};

export const commonSettings = {
  name,
  webhookUrl: address,
  caCertificate: pem.nullable().default(null),
  statusMapping: statusMapping.default({}),
  routes: z.array(route).max(20).default([]),
  timeoutSeconds: z.number().int().min(1).max(120).default(30),
  retryCount: z.number().int().min(0).max(10).default(3),
  retryBackoffSeconds: z.number().int().min(1).max(60).default(2),
  pollSeconds: z.number().int().min(10).max(3_600).default(60),
  sortOrder: z.number().int().min(0).max(100_000).default(100),
};

export const settingsOf = {
  webhook: { type: z.literal("webhook"), config: webhookConfig.prefault({}) },
  servicenow: { type: z.literal("servicenow"), config: serviceNowConfig.prefault({}) },
  jira: { type: z.literal("jira"), config: jiraConfig },
};

export const createDeskInput = z.discriminatedUnion("type", [
  z.strictObject({
    ...settingsOf.webhook,
    ...commonSettings,
    ...secrets,
    enabled: z.boolean().default(false),
  }),
  z.strictObject({
    ...settingsOf.servicenow,
    ...commonSettings,
    ...secrets,
    enabled: z.boolean().default(false),
  }),
  z.strictObject({ ...settingsOf.jira, ...commonSettings, ...secrets, enabled: z.boolean().default(false) }),
]);
export type CreateDesk = z.output<typeof createDeskInput>;

const seen = { version: z.number().int().min(1) };
export const updateDeskBody = z.discriminatedUnion("type", [
  z.strictObject({ ...settingsOf.webhook, ...commonSettings, ...secrets, ...seen }),
  z.strictObject({ ...settingsOf.servicenow, ...commonSettings, ...secrets, ...seen }),
  z.strictObject({ ...settingsOf.jira, ...commonSettings, ...secrets, ...seen }),
]);
const named = { ...seen, deskId: id };
export const updateDeskInput = z.discriminatedUnion("type", [
  z.strictObject({ ...settingsOf.webhook, ...commonSettings, ...secrets, ...named }),
  z.strictObject({ ...settingsOf.servicenow, ...commonSettings, ...secrets, ...named }),
  z.strictObject({ ...settingsOf.jira, ...commonSettings, ...secrets, ...named }),
]);
export type UpdateDesk = z.output<typeof updateDeskInput>;

export const enableDeskInput = z.strictObject({ deskId: id, enabled: z.boolean() });
export const deleteDeskInput = z.strictObject({ deskId: id, confirmName: z.string().max(100).optional() });
export const testDeskInput = z.strictObject({ deskId: id });
export const secretNames = ["signing_key", "headers", "credentials", "callback_secret"] as const;
export type SecretName = (typeof secretNames)[number];

/** Without a new value, one is made and shown once. */
export const rotateSecretInput = z.strictObject({
  deskId: id,
  secret: z.enum(["signing_key", "callback_secret"]),
  value: secretText.optional(),
  /** How long the former one counts beside it; 0 ends it at once. */
  overlapHours: z.number().int().min(0).max(720).default(24),
});
export const redeliverInput = z.strictObject({ deliveryId: id });
export const takeBackInput = z.strictObject({
  ticketId: id,
  reason: z.string().trim().max(2_000).default(""),
});
export type EnableDesk = z.output<typeof enableDeskInput>;
export type DeleteDesk = z.output<typeof deleteDeskInput>;
export type TestDesk = z.output<typeof testDeskInput>;
export type RotateSecret = z.output<typeof rotateSecretInput>;
export type Redeliver = z.output<typeof redeliverInput>;
export type TakeBack = z.output<typeof takeBackInput>;

const secretFacts = z.object({
  set: z.boolean(),
  since: z.date().nullable(),
  formerUntil: z.date().nullable(),
});

export const deskRow = z.object({
  id: z.string(),
  name: z.string(),
  type: z.enum(deskTypes),
  enabled: z.boolean(),
  webhookUrl: z.string(),
  sortOrder: z.number(),
  routeCount: z.number(),
  waitingCount: z.number(),
  /** Of the last hundred calls. */
  failedCount: z.number(),
  lastCallAt: z.date().nullable(),
  lastOutcome: z.enum(deliveryOutcomes).nullable(),
  createdAt: z.date(),
});
export type DeskRow = z.output<typeof deskRow>;
export const deskPage = pageOf(deskRow);

export const deskDetail = deskRow.extend({
  caCertificate: z.string().nullable(),
  config: z.union([webhookConfig, serviceNowConfig, jiraConfig]),
  statusMapping,
  routes: z.array(route),
  timeoutSeconds: z.number(),
  retryCount: z.number(),
  retryBackoffSeconds: z.number(),
  pollSeconds: z.number(),
  version: z.number(),
  signingKeySet: z.boolean(),
  headersSet: z.boolean(),
  credentialsSet: z.boolean(),
  callbackSecretSet: z.boolean(),
  secrets: z.record(z.enum(secretNames), secretFacts),
  callbackUrl: z.string(),
  updatedAt: z.date(),
});
export type DeskDetail = z.output<typeof deskDetail>;

export const deskTestAnswer = z.object({
  ok: z.boolean(),
  statusCode: z.number().nullable(),
  durationMs: z.number(),
  /** The desk's words, or what went wrong. */
  message: z.string(),
});
export type DeskTestAnswer = z.output<typeof deskTestAnswer>;

/** Shown once, where the portal made it. */
export const rotatedSecret = z.object({ value: z.string().nullable(), formerUntil: z.date().nullable() });
export type RotatedSecret = z.output<typeof rotatedSecret>;
