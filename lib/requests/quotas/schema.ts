import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { dimensions, type Dimension } from "@/lib/vocabulary/quota-dimensions";

/** What a request would hold of its System's room, from its submission until the machine is gone. */
export const demandShape = z.object({
  vms: z.number(),
  cpuCores: z.number(),
  /** The guest's memory and what its launcher needs beside it. */
  memoryGi: z.number(),
  diskGb: z.number(),
  gpus: z.number(),
});
export type Demand = z.output<typeof demandShape>;

/** Null is no limit. */
export type Limits = Record<Dimension, number | null>;

export const noDemand: Demand = { vms: 0, cpuCores: 0, memoryGi: 0, diskGb: 0, gpus: 0 };
export const noLimits: Limits = { vms: null, cpuCores: null, memoryGi: null, diskGb: null, gpus: null };

const id = z.string().min(1).max(64);
const environment = z.string().min(1).max(60);
const reason = z.string().trim().min(1).max(2_000);

const whole = z.number().int().min(0).max(1_000_000);
const tenths = z.number().min(0).max(1_000_000).multipleOf(0.1);

/** Absolute limits; null is no limit. */
export const limitsShape = z.strictObject({
  vms: whole.nullable(),
  cpuCores: tenths.nullable(),
  memoryGi: tenths.nullable(),
  diskGb: z.number().int().min(0).max(100_000_000).nullable(),
  gpus: whole.nullable(),
});

export const setQuotaInput = limitsShape.extend({
  systemId: id,
  environment,
  /** The revision that was looked at, 0 where there was none; a quota changed since is refused. */
  revision: z.number().int().min(0).optional(),
});
export type SetQuota = z.output<typeof setQuotaInput>;

export const removeQuotaInput = z.strictObject({ systemId: id, environment });
export type RemoveQuota = z.output<typeof removeQuotaInput>;

/** What somebody would like the limits to be; what is left out stays as it is. */
export const increaseQuotaInput = z.strictObject({
  systemId: id,
  environment,
  vms: whole.optional(),
  cpuCores: tenths.optional(),
  memoryGi: tenths.optional(),
  diskGb: z.number().int().min(0).max(100_000_000).optional(),
  gpus: whole.optional(),
  reason,
});
export type IncreaseQuota = z.output<typeof increaseQuotaInput>;

export const quotaQuestion = z.strictObject({ systemId: id, environment });
export type QuotaQuestion = z.output<typeof quotaQuestion>;

export const limitsAnswer = z.object({
  vms: z.number().nullable(),
  cpuCores: z.number().nullable(),
  memoryGi: z.number().nullable(),
  diskGb: z.number().nullable(),
  gpus: z.number().nullable(),
});

/** One environment of a System: what it may hold and what it holds, pending requests included. */
export const quotaRow = z.object({
  systemId: z.string(),
  systemName: z.string(),
  environment: z.string(),
  /** Null where nobody has set any. */
  limits: limitsAnswer.nullable(),
  used: demandShape,
  revision: z.number(),
});
export type QuotaRow = z.output<typeof quotaRow>;

export const systemQuotas = z.object({ items: z.array(quotaRow) });

export const quotaFilter = pageQuery.extend({
  q: z.string().max(100).optional(),
  environment: z.string().max(60).optional(),
  limitedOnly: z.union([z.boolean(), z.stringbool()]).optional(),
});
export type QuotaFilter = z.output<typeof quotaFilter>;
export const quotaPage = pageOf(quotaRow);

/** What one request would take of the room there is, told before it is asked. */
export const quotaPreview = z.object({
  room: quotaRow,
  demand: demandShape,
  short: z.array(
    z.object({ what: z.enum(dimensions), limit: z.number(), used: z.number(), wanted: z.number() }),
  ),
});
export type QuotaPreview = z.output<typeof quotaPreview>;

/** Room of a cluster: what there is, what its machines were promised, and what they would be after all pending. */
export interface CapacityOutlook {
  now: { cpuCores: { total: number; committed: number }; memoryGi: { total: number; committed: number } };
  afterAllPending: CapacityOutlook["now"];
  /** How many other requests could land there. */
  pending: number;
}
