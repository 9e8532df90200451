import type { z } from "zod";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError, fieldRefused } from "@/lib/core/errors";
import type { FinalChoices } from "../complete-approval";
import { placeCreation, readCreation } from "../place-creation";
import { requireSignedCall, type SignedCall } from "./require-signed-call";
import { decisionBody, type DecisionAnswer, type DecisionBody } from "./decisions/schema";
import { recordDelivery, type DeskSettings } from "./store";
import { deskContext, takeDecision } from "./take-decision";

/** A call as it arrived: its words signed, its ticket named a second time outside the body. */
export interface DecisionCall extends SignedCall {
  ticketId: string;
  text: string;
}

/**
 * A desk outside has decided (spec §5.25).
 * @throws INVALID_SIGNATURE, VALIDATION_FAILED, RESOURCE_NOT_FOUND, and what `takeDecision` refuses
 */
export async function receiveDecision(ctx: Context, call: DecisionCall): Promise<DecisionAnswer> {
  const desk = await requireSignedCall(ctx, call);
  const begun = performance.now();
  const body = parseDecision(call.text);
  if (body.ticket_id !== call.ticketId) throw fieldRefused("ticket_id", "mismatch");
  const request = await findRequest(desk, body.ticket_id);
  await requireRevision(body);
  try {
    const decision = { requestId: request.id, verdict: verdictOf(body), choices: await choicesOf(body) };
    const answer = await takeDecision(deskContext(ctx, desk), desk, decision);
    if (!answer.repeated) await log(desk, { request, call, begun, refusal: null });
    return answer;
  } catch (error) {
    if (error instanceof AppError) await log(desk, { request, call, begun, refusal: error });
    throw error;
  }
}

function parseDecision(text: string): DecisionBody {
  const read = readJson(text);
  // PostgreSQL's text knows no NUL, however it is written in JSON.
  if (JSON.stringify(read).includes("\\u0000"))
    throw new AppError("INVALID_REQUEST", { problem: "encoding" });
  const parsed = decisionBody.safeParse(read);
  if (parsed.success) return parsed.data;
  throw new AppError("VALIDATION_FAILED", {}, parsed.error.issues.slice(0, 20).map(asField));
}

function asField(issue: z.core.$ZodIssue) {
  const field = issue.path.join(".");
  return {
    field: field === "" ? "body" : field,
    code: issue.code === "unrecognized_keys" ? "unknown_field" : "invalid",
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new AppError("INVALID_REQUEST", { problem: "json" });
    throw error;
  }
}

/** A ticket that never was at this desk does not exist for it. */
async function findRequest(desk: DeskSettings, ticketId: string) {
  const request = await db().externalApprovalRequest.findFirst({
    where: { ticketId, externalSystemId: desk.id },
    orderBy: { createdAt: "desc" },
    select: { id: true, ticketId: true },
  });
  if (request === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "ticket" });
  return request;
}

/** What the requester has changed since is another request. */
async function requireRevision({ ticket_id: id, revision }: DecisionBody): Promise<void> {
  if (typeof revision !== "number") return;
  const ticket = await db().approvalTicket.findUniqueOrThrow({ where: { id }, select: { revision: true } });
  if (ticket.revision !== revision) throw new AppError("CONFLICT", { object: "request", seen: revision });
}

function verdictOf(body: DecisionBody) {
  return {
    approved: body.approved,
    approver: { name: body.approver, knownAs: [body.approver] },
    providerDecisionId: body.provider_decision_id,
    comment: body.comment ?? null,
  };
}

/** How a volume lies follows from the class, so a desk may only say what is true of it. */
async function choicesOf(body: DecisionBody): Promise<FinalChoices> {
  const { selected_cluster_id: clusterId, selected_storage_class: storageClass } = body.execution ?? {};
  const choices = {
    ...(typeof clusterId === "string" ? { clusterId } : {}),
    ...(typeof storageClass === "string" ? { storageClass } : {}),
  };
  if (body.approved) await requireTrueVolume(body, choices);
  return choices;
}

async function requireTrueVolume(body: DecisionBody, choices: FinalChoices): Promise<void> {
  const { selected_dv_access_modes: modes, selected_dv_volume_mode: mode } = body.execution ?? {};
  if ((modes ?? null) === null && (mode ?? null) === null) return;
  const ticket = await db().approvalTicket.findUnique({ where: { id: body.ticket_id } });
  if (ticket?.operationType !== "CREATE" || ticket.status !== "PENDING") return;
  const creation = await readCreation(db(), ticket, choices);
  const clusterId =
    choices.clusterId ?? creation.candidates.find(({ recommended }) => recommended)?.clusterId;
  if (clusterId === undefined) return;
  const { dvAccessModes, dvVolumeMode } = placeCreation(creation, clusterId).blueprint;
  if (modes && modes.some((one) => !dvAccessModes.includes(one)))
    throw fieldRefused("execution.selected_dv_access_modes", "not_allowed");
  if (mode && mode !== dvVolumeMode) throw fieldRefused("execution.selected_dv_volume_mode", "not_allowed");
}

interface Logged {
  request: { id: string; ticketId: string };
  call: DecisionCall;
  begun: number;
  refusal: AppError | null;
}

const excerptMax = 2_000;

async function log(desk: DeskSettings, { request, call, begun, refusal }: Logged): Promise<void> {
  await recordDelivery(db(), {
    deskId: desk.id,
    requestId: request.id,
    ticketId: request.ticketId,
    kind: "callback",
    outcome: refusal === null ? "delivered" : "refused",
    statusCode: refusal?.status ?? 200,
    durationMs: Math.round(performance.now() - begun),
    requestBody: call.text.replaceAll("\0", "").slice(0, excerptMax).toWellFormed(),
    responseExcerpt: null,
    error: refusal?.code ?? null,
  });
}
