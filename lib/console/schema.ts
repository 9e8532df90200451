import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { askedModes, consoleModes, consoleTypes, grantCovers, grantMinutesMax } from "./rules";

const id = z.string().min(1).max(64);
const consoleType = z.enum(consoleTypes);
const mode = z.enum(consoleModes);
const reason = z.string().trim().min(1).max(2_000);

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

export const revokeConsoleInput = z.strictObject({
  jti: id,
  /** Refused where the session is another VM's. */
  vmId: id.optional(),
  reason: reason.optional(),
});
export type RevokeConsole = z.output<typeof revokeConsoleInput>;

/** What an approver decides on. */
export const consoleAccessInput = z.strictObject({
  vmId: id,
  reason,
  minutes: z.number().int().min(5).max(grantMinutesMax),
  covers: z.array(z.enum(grantCovers)).max(grantCovers.length).optional(),
});

/** A reason and a time are needed only where somebody has to approve. */
export const requestConsoleInput = z.strictObject({
  vmId: z.string().min(1).max(64),
  consoleType: consoleType.default("vnc"),
  /** Control, where nothing is said. */
  mode: z.enum(askedModes).optional(),
  reason: reason.optional(),
  minutes: consoleAccessInput.shape.minutes.optional(),
  /** What the approval should cover; the console always. */
  covers: consoleAccessInput.shape.covers,
});
export type RequestConsole = z.output<typeof requestConsoleInput>;

export const askForControlInput = z.strictObject({ vmId: id, jti: id });
export type AskForControl = z.output<typeof askForControlInput>;

export const askedForControl = z.object({ askId: z.string(), expiresAt: z.date() });
export type AskedForControl = z.output<typeof askedForControl>;

export const answerControlInput = z.strictObject({ askId: id, verdict: z.enum(["grant", "decline"]) });
export type AnswerControl = z.output<typeof answerControlInput>;

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

/** Somebody connected to a VM's console now. */
const openSession = z.object({
  jti: z.string(),
  consoleType,
  mode,
  userId: z.string(),
  displayName: z.string(),
  isOwn: z.boolean(),
  since: z.date(),
  grantEndsAt: z.date().nullable(),
  recorded: z.boolean(),
});
export type OpenSession = z.output<typeof openSession>;

const askStatuses = ["asked", "granted", "declined", "expired"] as const;

/** A question for the console somebody has. */
const controlAsk = z.object({
  askId: z.string(),
  /** The session that is asked for. */
  jti: z.string(),
  consoleType,
  askerName: z.string(),
  holderName: z.string(),
  status: z.enum(askStatuses),
  expiresAt: z.date(),
});
export type ControlAsk = z.output<typeof controlAsk>;

/** Where a person stands with one VM's console. */
export const consoleAccess = z.object({
  vmId: z.string(),
  vmName: z.string(),
  vmStatus: z.string(),
  environment: z.string(),
  requiresApproval: z.boolean(),
  grant: z
    .object({ ticketId: z.string(), endsAt: z.date(), covers: z.array(z.enum(grantCovers)) })
    .nullable(),
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
  /** Which consoles of this environment are recorded, told before anybody connects. */
  recording: z.object({ vnc: z.boolean(), serial: z.boolean(), retentionDays: z.number() }),
  /** Open questions for the console the person has. */
  asks: z.array(controlAsk),
  /** The person's own latest question of the last minutes. */
  ownAsk: controlAsk.nullable(),
  /** How the person's latest session here ended, and by whose hand. */
  lastEnding: z
    .object({
      jti: z.string(),
      reason: z.string(),
      byName: z.string().nullable(),
      comment: z.string().nullable(),
      at: z.date(),
    })
    .nullable(),
  /** Whether the person may end other people's sessions. */
  canRevoke: z.boolean(),
  /** Whether the person may watch without a grant, as who keeps the System or the platform. */
  canObserve: z.boolean(),
});
export type ConsoleAccess = z.output<typeof consoleAccess>;

/** A session that is open now, as who keeps a System or the platform sees it. */
export const liveSession = openSession.omit({ isOwn: true }).extend({
  vmId: z.string(),
  vmName: z.string(),
  environment: z.string(),
  systemId: z.string(),
  systemName: z.string(),
  bytesSent: z.number(),
  bytesReceived: z.number(),
  watchers: z.number().int(),
});
export type LiveSession = z.output<typeof liveSession>;
export const liveSessionPage = pageOf(liveSession);

export const liveSessionFilter = pageQuery.extend({
  consoleType: consoleType.optional(),
  mode: mode.optional(),
  /** A part of a VM's or a person's name. */
  q: z.string().max(100).optional(),
});
export type LiveSessionFilter = z.output<typeof liveSessionFilter>;
