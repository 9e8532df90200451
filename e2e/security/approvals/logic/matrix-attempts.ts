import type { Context } from "@/lib/core/context";
import { approveRequest } from "@/lib/requests/approve-request";
import { cancelRequest } from "@/lib/requests/cancel-request";
import { addComment } from "@/lib/requests/conversation/add-comment";
import { askForInformation } from "@/lib/requests/conversation/ask-for-information";
import { resubmitRequest } from "@/lib/requests/conversation/resubmit-request";
import { takeBackRequest } from "@/lib/requests/desks/take-back-request";
import { canMove } from "@/lib/core/state-machine";
import { requestMachine } from "@/lib/requests/machine";
import { previewApproval } from "@/lib/requests/preview-approval";
import { approveMany } from "@/lib/requests/queue/approve-many";
import { rejectMany } from "@/lib/requests/queue/reject-many";
import { rejectRequest } from "@/lib/requests/reject-request";
import { retryRequest } from "@/lib/requests/retry-request";
import type { Cast, Relation, Somebody } from "./make-cast";
import { aRequestIn, standings, type Standing } from "./make-requests";
import { refuseInside, type Attempt } from "./try-attempt";

interface Action {
  act: (ctx: Context, ticketId: string) => Promise<unknown>;
  /** Whose it is, and when; anything else is refused. */
  by: readonly Relation[];
  isOpen: (standing: Standing) => boolean;
}

const isWaiting = (standing: Standing) =>
  standing === "ASKED" || canMove(requestMachine, standing, "approve");
const isReversible = (standing: Standing) =>
  isWaiting(standing) || canMove(requestMachine, standing, "recall");
const never = () => false;

const actions: Record<string, Action> = {
  approve: { act: (ctx, ticketId) => approveRequest(ctx, { ticketId }), by: ["approver"], isOpen: isWaiting },
  "approve among many": {
    act: (ctx, ticketId) => refuseInside(approveMany(ctx, { items: [{ ticketId }] })),
    ...{ by: ["approver"], isOpen: isWaiting },
  },
  reject: {
    act: (ctx, ticketId) => rejectRequest(ctx, { ticketId, reason: "no" }),
    ...{ by: ["approver"], isOpen: isWaiting },
  },
  "reject among many": {
    act: (ctx, ticketId) => refuseInside(rejectMany(ctx, { items: [{ ticketId }], reason: "no" })),
    ...{ by: ["approver"], isOpen: isWaiting },
  },
  "ask about": {
    act: (ctx, ticketId) => askForInformation(ctx, { ticketId, question: "Why?" }),
    ...{ by: ["approver"], isOpen: (standing) => standing === "PENDING" },
  },
  "answer for": {
    act: (ctx, ticketId) => resubmitRequest(ctx, { ticketId, answer: "So." }),
    ...{ by: ["requester"], isOpen: (standing) => standing === "ASKED" },
  },
  "change the wish of": {
    act: (ctx, ticketId) => resubmitRequest(ctx, { ticketId, answer: "", reason: "another" }),
    ...{ by: ["requester"], isOpen: (standing) => standing === "ASKED" },
  },
  cancel: {
    act: (ctx, ticketId) => cancelRequest(ctx, { ticketId, reason: "" }),
    ...{ by: ["requester"], isOpen: isReversible },
  },
  "comment on": {
    act: (ctx, ticketId) => addComment(ctx, { ticketId, body: "Hello" }),
    ...{ by: ["requester", "approver", "reader"], isOpen: () => true },
  },
  "take back": {
    act: (ctx, ticketId) => takeBackRequest(ctx, { ticketId, reason: "" }),
    ...{ by: [], isOpen: never },
  },
  retry: { act: (ctx, ticketId) => retryRequest(ctx, { ticketId }), by: [], isOpen: never },
};

/** To whoever has nothing to do with a request there is none. */
const unseen = ["RESOURCE_NOT_FOUND", "UNAUTHORIZED", "MFA_REQUIRED", "PERMISSION_DENIED"];

/** Every state × action × person of the tables that is not somebody's right. */
export async function matrixAttempts(cast: Cast): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  const waiting = await Promise.all(
    standings.map(async (standing) => ({ standing, ticketId: await aRequestIn(cast, standing) })),
  );
  await cast.giveRole();
  for (const { standing, ticketId } of waiting)
    for (const [action, given] of Object.entries(actions))
      for (const somebody of cast.everybody.filter((one) => !isRight(given, standing, one)))
        attempts.push({
          name: `${somebody.title} to ${action} ${cast.title} ${standing} request`,
          act: () => given.act(somebody.ctx, ticketId),
          ...(somebody.relation === "outsider" ? { codes: unseen } : {}),
        });
  return attempts;
}

function isRight({ by, isOpen }: Action, standing: Standing, { relation }: Somebody): boolean {
  return by.includes(relation) && isOpen(standing);
}

/** Whoever may not decide is not told what a decision would come to. */
export async function previewAttempts(cast: Cast): Promise<Attempt[]> {
  const ticketId = await aRequestIn(cast, "PENDING");
  return cast.everybody
    .filter(({ relation }) => relation === "outsider")
    .map(({ title, ctx }) => ({
      name: `${title} to preview ${cast.title} request`,
      act: () => previewApproval(ctx, { ticketId }),
      codes: unseen,
    }));
}
