import { z } from "zod";
import { OutsideFetchFailure } from "@/lib/core/outside-fetch";
import type {
  Desk,
  DeskCall,
  DeskMeaning,
  DeskPlace,
  DeskQuestion,
  DeskReceipt,
  DeskStatus,
} from "@/lib/vocabulary/approval-desks";
import { signatureOf } from "./signature";

export interface WebhookSettings {
  url: string;
  statusUrl: string | null;
  /** The current one and, while it still counts, the former. */
  signingKeys: string[];
  headers: Record<string, string>;
  meaningOf: (word: string) => DeskMeaning;
  now: () => Date;
}

interface Named {
  ticketId: string;
  reference: string;
}

type Sent = Named & { body: string | null };

/** A desk that takes a signed POST and calls back, or can be asked. */
export function webhookDesk(call: DeskCall, settings: WebhookSettings): Desk {
  const send = (method: "GET" | "POST", url: string, sent: Sent) =>
    call({
      method,
      url,
      headers: { ...settings.headers, ...signedHeaders(settings, method, { url, ...sent }) },
      ...(sent.body === null ? {} : { body: sent.body }),
    });
  const post = ({ ticketId, reference }: Named, body: object) =>
    send("POST", settings.url, { ticketId, reference, body: JSON.stringify(body) });
  return {
    submit: async (question) => receiptOf(required(await post(question, question.body)).text),
    checkStatus: settings.statusUrl === null ? null : statusAsker(send, settings, settings.statusUrl),
    cancel: async (place: DeskPlace, reason: string) => {
      const body = { shepherd_ticket_id: place.ticketId, type: "approval.cancelled", reason };
      required(await post(place, body), [404, 410]);
    },
    test: async (question: DeskQuestion) =>
      required(await post(question, { ...question.body, type: "ping" })).text,
  };
}

function signedHeaders(
  { signingKeys, now }: WebhookSettings,
  method: string,
  sent: Sent & { url: string },
): Record<string, string> {
  const timestamp = String(Math.floor(now().getTime() / 1000));
  const { pathname, search } = new URL(sent.url);
  const words = { method, path: pathname, rawQuery: search.slice(1), timestamp, body: sent.body };
  const [current, former] = signingKeys;
  return {
    accept: "application/json",
    ...(sent.body === null ? {} : { "content-type": "application/json" }),
    "x-ticket-id": sent.ticketId,
    "x-shepherd-timestamp": timestamp,
    // The same request twice is one request.
    ...(method === "POST" ? { "idempotency-key": sent.reference } : {}),
    ...(current === undefined ? {} : { "x-signature-256": signatureOf(current, words) }),
    ...(former === undefined ? {} : { "x-signature-256-former": signatureOf(former, words) }),
  };
}

type Answer = Awaited<ReturnType<DeskCall>>;

function required(answer: Answer, alsoFine: readonly number[] = []): Answer {
  if ((answer.status >= 200 && answer.status < 300) || alsoFine.includes(answer.status)) return answer;
  throw new OutsideFetchFailure("rejected", "answer", `the desk answers ${answer.status}`);
}

const word = z.union([z.string(), z.number()]).transform(String).pipe(z.string().max(200));
const receipt = z.object({
  external_id: word.nullish(),
  id: word.nullish(),
  url: z.string().max(2_000).nullish(),
});

/** A desk need not say anything; a link that is no plain web address is not shown to people. */
function receiptOf(text: string): DeskReceipt {
  const told = receipt.safeParse(readJson(text)).data;
  const url = told?.url ?? null;
  return {
    externalId: told?.external_id ?? told?.id ?? null,
    externalUrl: url !== null && URL.parse(url)?.protocol === "https:" ? url : null,
  };
}

const statusAnswer = z.object({
  status: word,
  approver: z.string().min(1).max(200).nullish(),
  provider_decision_id: word.nullish(),
  comment: z.string().max(2_000).nullish(),
});

function statusAsker(
  send: (method: "GET", url: string, sent: Sent) => Promise<Answer>,
  settings: WebhookSettings,
  statusUrl: string,
) {
  return async ({ ticketId, reference }: DeskPlace): Promise<DeskStatus> => {
    const url = new URL(statusUrl);
    url.searchParams.set("ticket_id", ticketId);
    const answer = await send("GET", url.toString(), { ticketId, reference, body: null });
    if (answer.status === 404 || answer.status === 410) return { meaning: "cancelled", word: "unknown" };
    const told = statusAnswer.safeParse(readJson(required(answer).text));
    if (!told.success)
      throw new OutsideFetchFailure("rejected", "answer", "the desk's status cannot be read");
    const { status, approver, provider_decision_id: decisionId, comment } = told.data;
    const meaning = settings.meaningOf(status);
    if (meaning === "pending" || meaning === "cancelled") return { meaning, word: status };
    if (!approver) throw new OutsideFetchFailure("rejected", "answer", "the desk does not say who decided");
    return {
      meaning: "decided",
      word: status,
      verdict: {
        approved: meaning === "approved",
        approver: { name: approver, knownAs: [approver] },
        providerDecisionId: decisionId ?? `${ticketId}:${status}`,
        comment: comment ?? null,
      },
    };
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
