import { z } from "zod";

const id = z.string().min(1).max(64);
export const delegationDaysMax = 180;

export const createDelegationInput = z
  .strictObject({
    /** The user name of whoever stands in. */
    to: z.string().trim().min(1).max(100),
    startsAt: z.coerce.date(),
    endsAt: z.coerce.date(),
    reason: z.string().trim().max(500).default(""),
    /** Empty: everywhere. */
    environments: z.array(z.string().min(1).max(60)).max(50).default([]),
  })
  .refine(({ startsAt, endsAt }) => endsAt > startsAt, { message: "ends_before", path: ["endsAt"] })
  .refine(({ startsAt, endsAt }) => endsAt.getTime() - startsAt.getTime() <= delegationDaysMax * 86_400_000, {
    message: "too_long",
    path: ["endsAt"],
  });
export type CreateDelegation = z.output<typeof createDelegationInput>;

export const endDelegationInput = z.strictObject({ delegationId: id });
export type EndDelegation = z.output<typeof endDelegationInput>;

export const delegationRow = z.object({
  id: z.string(),
  /** Theirs to end, or theirs to act on. */
  direction: z.enum(["given", "received"]),
  otherName: z.string(),
  otherUsername: z.string(),
  startsAt: z.date(),
  endsAt: z.date(),
  reason: z.string(),
  environments: z.array(z.string()),
  state: z.enum(["planned", "running", "ended"]),
  createdAt: z.date(),
});
export type DelegationRow = z.output<typeof delegationRow>;
export const delegationList = z.object({ items: z.array(delegationRow) });
export const createdDelegation = z.object({ id: z.string() });
