import { z } from "zod";

const id = z.string().min(1).max(64);

/** What a desk answers (spec §5.25), as it stands on the wire. */
export const decisionBody = z.strictObject({
  ticket_id: id,
  approved: z.boolean(),
  approver: z.string().trim().min(1).max(200),
  provider_decision_id: z.string().trim().min(1).max(200),
  /** Which revision of the request was decided about, where the desk says so. */
  revision: z.number().int().min(1).nullish(),
  decided_at: z.iso.datetime({ offset: true }).nullish(),
  comment: z.string().max(2_000).nullish(),
  execution: z
    .strictObject({
      selected_cluster_id: id.nullish(),
      selected_storage_class: z.string().max(253).nullish(),
      selected_dv_access_modes: z.array(z.string().max(40)).max(4).nullish(),
      selected_dv_volume_mode: z.string().max(40).nullish(),
    })
    .nullish(),
});
export type DecisionBody = z.output<typeof decisionBody>;

export const decisionAnswer = z.object({
  ticketId: z.string(),
  approved: z.boolean(),
  providerDecisionId: z.string(),
  /** True where the same decision had been taken in before. */
  repeated: z.boolean(),
});
export type DecisionAnswer = z.output<typeof decisionAnswer>;
