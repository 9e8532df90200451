import { sign } from "@/e2e/lab/approval-desk/signature";

/** A call as it goes over the wire; each bad case changes one thing of a good one. */
export interface Call {
  method: string;
  path: string;
  query: string;
  /** Names may come twice. */
  headers: [string, string][];
  body: string | null;
}

export interface Good {
  deskId: string;
  ticketId: string;
  secret: string;
}

export const callbackPath = "/api/v1/webhooks/approval-callback";
export const pendingPath = "/api/v1/external-approval/pending";

export function decisionText(ticketId: string): string {
  return JSON.stringify({
    ticket_id: ticketId,
    approved: true,
    approver: "ann@desk.example",
    provider_decision_id: "D-1",
  });
}

export interface Signed {
  secret: string;
  method: string;
  path: string;
  query: string;
  timestamp: string;
  body: string | null;
}

/** A good call, its words and what is sent apart: a case may sign one thing and send another. */
export function makeCall(
  { deskId, ticketId, secret }: Good,
  over: {
    signed?: Partial<Signed>;
    sent?: Partial<Omit<Call, "headers">>;
    headers?: Record<string, string | null>;
  } = {},
): Call {
  const signed: Signed = {
    secret,
    method: "POST",
    path: callbackPath,
    query: "",
    timestamp: String(Math.floor(Date.now() / 1000)),
    body: decisionText(ticketId),
    ...over.signed,
  };
  const headers: Record<string, string | null> = {
    "content-type": "application/json",
    "x-external-approval-system-id": deskId,
    "x-ticket-id": ticketId,
    "x-shepherd-timestamp": signed.timestamp,
    "x-signature-256": sign(signed.secret, signed),
    ...over.headers,
  };
  return {
    ...{ method: signed.method, path: signed.path, query: signed.query, body: signed.body },
    ...over.sent,
    headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === null ? [] : [[name, value]],
    ),
  };
}

/** Another text for the signature of a good call, made of it. */
export function withSignature(good: Good, remake: (signature: string) => string): Call {
  const call = makeCall(good);
  const headers = call.headers.map(([name, value]): [string, string] => [
    name,
    name === "x-signature-256" ? remake(value) : value,
  ]);
  return { ...call, headers };
}
