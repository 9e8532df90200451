import { callbackPath, decisionText, makeCall, type Call, type Good } from "./call";

/** What was signed is not what is sent. */
export function alteredCalls(good: Good): Record<string, Call> {
  const text = decisionText(good.ticketId);
  const other = decisionText(good.ticketId);
  const sentAs = (body: string) => makeCall(good, { sent: { body } });
  const decisionPath = `/api/v1/external-approval/tickets/${good.ticketId}/decision`;
  return {
    "its decision turned": makeCall(good, {
      signed: { body: text.replace("true", "false") },
      sent: { body: text },
    }),
    "its approver another": sentAs(text.replace("ann@", "bob@")),
    "its decision's id another": sentAs(text.replace("D-1", "D-2")),
    "the same JSON with blanks": sentAs(JSON.stringify(JSON.parse(other), null, 2)),
    "the same JSON in another order": sentAs(
      JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).toReversed())),
    ),
    "the same JSON escaped": sentAs(text.replace("ann", "\\u0061nn")),
    "a byte order mark before it": sentAs(`\ufeff${text}`),
    "a line end after it": sentAs(`${text}\n`),
    "a member too many": sentAs(text.replace("}", ',"execution":{}}')),
    "signed as PUT": makeCall(good, { signed: { method: "PUT" }, sent: { method: "POST" } }),
    "signed as GET": makeCall(good, {
      signed: { method: "GET", body: null },
      sent: { method: "POST", body: text },
    }),
    "signed in small letters": makeCall(good, { signed: { method: "post" }, sent: { method: "POST" } }),
    "signed for the other door": makeCall(good, {
      signed: { path: decisionPath },
      sent: { path: callbackPath },
    }),
    "signed for a path with a slash": makeCall(good, {
      signed: { path: `${callbackPath}/` },
      sent: { path: callbackPath },
    }),
    "signed with the host": makeCall(good, {
      signed: { path: `http://portal.example${callbackPath}` },
      sent: { path: callbackPath },
    }),
    "a query added": makeCall(good, { sent: { query: "approved=true" } }),
    "a query taken away": makeCall(good, { signed: { query: "a=1" }, sent: { query: "" } }),
    "a query in another order": makeCall(good, { signed: { query: "a=1&b=2" }, sent: { query: "b=2&a=1" } }),
  };
}

/** The time that is signed is not now, not a time, or not the one that is sent. */
export function mistimedCalls(good: Good): Record<string, Call> {
  const seconds = Math.floor(Date.now() / 1000);
  const at = (timestamp: string) => makeCall(good, { signed: { timestamp } });
  return {
    "301 seconds ago": at(String(seconds - 301)),
    "302 seconds ahead": at(String(seconds + 302)),
    "an hour ago": at(String(seconds - 3_600)),
    "at the beginning": at("0"),
    "at the end": at("9999999999"),
    "in milliseconds": at(String(seconds * 1000)),
    "with a fraction": at(`${seconds}.5`),
    "below nothing": at(`-${seconds}`),
    "with a sign": at(`+${seconds}`),
    "with zeros before it": at(`00${seconds}`),
    "in hex": at(`0x${seconds.toString(16)}`),
    "as a date": at(new Date().toISOString()),
    "no number": at("now"),
    "not sent": makeCall(good, { headers: { "x-shepherd-timestamp": null } }),
    "sent later than signed": makeCall(good, { headers: { "x-shepherd-timestamp": String(seconds + 1) } }),
    "sent twice": makeCall(good, { headers: { "x-shepherd-timestamp": `${seconds}, ${seconds}` } }),
  };
}

/** In the name of a desk that is another, or none. */
export function misnamedCalls(
  good: Good,
  others: { otherId: string; closedId: string; name: string },
): Record<string, Call> {
  const as = (deskId: string | null) =>
    makeCall(good, { headers: { "x-external-approval-system-id": deskId } });
  return {
    "no desk": as(null),
    "an empty name": as(""),
    "another desk": as(others.otherId),
    "a desk that is switched off": as(others.closedId),
    "a desk that is none": as("01920000-0000-7000-8000-000000000000"),
    "the desk's name for its id": as(others.name),
    "its id in capitals": as(
      good.deskId.toUpperCase() === good.deskId ? `${good.deskId}x` : good.deskId.toUpperCase(),
    ),
    "its id and a blank": as(`${good.deskId} x`),
    "its id twice": as(`${good.deskId}, ${good.deskId}`),
    "a pattern": as("%"),
    "a statement": as("' OR '1'='1"),
    "a path": as("../../desk"),
    "a very long one": as("d".repeat(4_000)),
  };
}
