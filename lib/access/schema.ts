import { z } from "zod";

export const assignRoleInput = z.strictObject({
  userId: z.string(),
  roleId: z.string(),
  /** Absent: everywhere. */
  systemId: z.string().optional(),
  environments: z.array(z.string().max(63)).max(50),
});

export type AssignRole = z.output<typeof assignRoleInput>;
