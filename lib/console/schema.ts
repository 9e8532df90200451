import { z } from "zod";
import { consoleTypes, grantMinutesMax } from "./rules";

const consoleType = z.enum(consoleTypes);

/** What a token says of itself, on the wire in these names (spec §4). */
export const tokenClaims = z.strictObject({
  sub: z.string(),
  vm_id: z.string(),
  cluster: z.string(),
  namespace: z.string(),
  exp: z.number().int(),
  jti: z.string(),
  single_use: z.literal(true),
});
export type TokenClaims = z.output<typeof tokenClaims>;

export const revokeConsoleInput = z.strictObject({ vmId: z.string().max(64), jti: z.string().max(64) });
export type RevokeConsole = z.output<typeof revokeConsoleInput>;

/** A reason and a time are needed only where somebody has to approve. */
export const requestConsoleInput = z.strictObject({
  vmId: z.string().min(1).max(64),
  consoleType: consoleType.default("vnc"),
  reason: z.string().trim().min(1).max(2_000).optional(),
  minutes: z.number().int().min(5).max(grantMinutesMax).optional(),
});
export type RequestConsole = z.output<typeof requestConsoleInput>;

/** What the request for a console answers; the token itself travels in a cookie. */
export const consoleAnswer = z.object({
  status: z.enum(["ISSUED", "PENDING_APPROVAL"]),
  /** Where the socket is, once a token was issued. */
  socketPath: z.string().nullable(),
  expiresAt: z.date().nullable(),
  grantEndsAt: z.date().nullable(),
  ticketId: z.string().nullable(),
  eventId: z.string().nullable(),
});
export type ConsoleAnswer = z.output<typeof consoleAnswer>;

export const openSession = z.object({
  jti: z.string(),
  consoleType,
  displayName: z.string(),
  isOwn: z.boolean(),
  since: z.date(),
});
export type OpenSession = z.output<typeof openSession>;

/** Where a person stands with one VM's console. */
export const consoleAccess = z.object({
  vmId: z.string(),
  vmName: z.string(),
  vmStatus: z.string(),
  environment: z.string(),
  requiresApproval: z.boolean(),
  grant: z.object({ ticketId: z.string(), endsAt: z.date() }).nullable(),
  /** The person's latest request for this console. */
  request: z
    .object({
      ticketId: z.string(),
      status: z.string(),
      rejectReason: z.string().nullable(),
      createdAt: z.date(),
      grantEndedAt: z.date().nullable(),
    })
    .nullable(),
  sessions: z.array(openSession),
  /** Whether the person may end other people's sessions. */
  canRevoke: z.boolean(),
});
export type ConsoleAccess = z.output<typeof consoleAccess>;
