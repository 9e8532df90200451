import { z } from "zod";
import type { Actor } from "@/lib/core/context";
import type { Happening } from "../rules";

const verdict = z.enum(["approve", "reject"]);

/** As the rows keep it. */
export const happening = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("begin") }),
  z.object({
    kind: z.literal("decide"),
    stepId: z.string(),
    approverId: z.string(),
    onBehalfOf: z.string().nullable(),
    verdict,
    seats: z.array(z.string()),
    reconsidered: z.array(z.string()),
  }),
  z.object({ kind: z.literal("recount"), stepId: z.string(), seats: z.array(z.string()) }),
  z.object({ kind: z.literal("expire"), stepId: z.string(), level: z.number().int() }),
  z.object({ kind: z.literal("withdraw"), reason: z.string() }),
]) satisfies z.ZodType<Happening>;

export const saidAs = z.object({
  approverName: z.string(),
  onBehalfOfName: z.string().nullable(),
  comment: z.string(),
  choices: z.record(z.string(), z.json()).nullable(),
});

/** Who said it, for the records that are written once it is carried out. */
export const saidBy = z.object({
  actor: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("person"),
      id: z.string(),
      username: z.string(),
      displayName: z.string(),
      sessionId: z.string(),
    }),
    z.object({ kind: z.literal("platform"), name: z.string() }),
  ]),
  requestId: z.string(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
});
export type SaidBy = z.output<typeof saidBy>;

/** What they were allowed to say was asked when they said it; nothing else is done in their name. */
export function actorOf({ actor }: SaidBy): Actor {
  if (actor.kind === "platform") return actor;
  return {
    ...actor,
    pendingStep: null,
    hasSecondFactor: false,
    mfaAt: null,
    token: null,
    viewedBy: null,
  };
}
