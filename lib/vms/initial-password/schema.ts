import { z } from "zod";

export const initialPasswordInput = z.strictObject({ vmId: z.string().min(1).max(64) });
export type InitialPasswordOf = z.output<typeof initialPasswordInput>;

/** none: the machine never had one, or this person may not see it. */
export const initialPasswordStatus = z.object({
  state: z.enum(["none", "waiting", "revealed"]),
  username: z.string().nullable(),
  revealedAt: z.date().nullable(),
});
export type InitialPasswordStatus = z.output<typeof initialPasswordStatus>;

export const revealedPassword = z.object({ username: z.string(), password: z.string() });
export type RevealedPassword = z.output<typeof revealedPassword>;
