import { z } from "zod";

const clusterId = z.string().min(1).max(64);

/** A token that is absent stays, unless the address leads to another server; an empty one is forgotten. */
export const setMetricsSourceInput = z.strictObject({
  clusterId,
  address: z.string().trim().min(1).max(2_000),
  caCertificate: z.string().trim().max(64_000).optional(),
  token: z.string().trim().max(8_000).optional(),
  withoutToken: z.boolean().default(false),
});
export type SetMetricsSource = z.output<typeof setMetricsSourceInput>;

export const oneMetricsSource = z.strictObject({ clusterId });
export type OneMetricsSource = z.output<typeof oneMetricsSource>;

/** What may be shown of it: never the token. */
export const metricsSource = z.object({
  address: z.string(),
  caCertificate: z.string().nullable(),
  hasToken: z.boolean(),
  updatedAt: z.date(),
});
export type MetricsSource = z.output<typeof metricsSource>;

/** What a worker found there. */
export const metricsSourceTest = z.object({
  ok: z.boolean(),
  /** Its own words where it refused. */
  message: z.string(),
  durationMs: z.number(),
  /** Which of KubeVirt's metrics it knows, and which it does not. */
  found: z.array(z.string()),
  missing: z.array(z.string()),
});
export type MetricsSourceTest = z.output<typeof metricsSourceTest>;
