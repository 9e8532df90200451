import { consoleSocketPath } from "@/lib/console/rules";
import { cookiesOf, origin } from "../ground/console-hall";
import type { Attempt, Ticket, Tricks } from "./trick";

const origins: Record<string, string> = {
  "another site": "https://evil.example",
  "no site": "null",
  "an empty one": "",
  "the portal's name as a part": `${origin}.evil.example`,
  "the portal's name as a word of the sender": "https://portal.example@evil.example",
  "another port": `${origin}:8443`,
  "another scheme": "http://portal.example",
  "a path behind it": `${origin}/`,
  "two of them": `${origin}, https://evil.example`,
  "the process's own address": "http://127.0.0.1:3001",
  "capital letters": "HTTPS://PORTAL.EXAMPLE",
  "a file": "file://",
};

const cookie = ({ visitor, token }: Ticket) => cookiesOf(visitor, token);

export const foreignOrigins: Tricks = Object.fromEntries(
  Object.entries(origins).map(([name, value]) => [
    `origin: ${name}`,
    { expected: 403, make: (ticket) => ({ headers: { cookie: cookie(ticket), origin: value } }) },
  ]),
);

const carried = (make: (ticket: Ticket) => Attempt, expected = 401) => ({ expected, make });
const sessionOnly = ({ visitor }: Ticket) => `session_id=${visitor.cookie}`;
const ownPath = ({ vm }: Ticket) => consoleSocketPath(vm.id, "vnc");

/** The token somewhere else than in its cookie. */
export const otherCarriers: Tricks = {
  "carrier: the query": carried(
    (ticket) => ({
      address: `${ownPath(ticket)}?token=${ticket.token}`,
      headers: { cookie: cookie(ticket) },
    }),
    404,
  ),
  "carrier: the query alone": carried(
    (ticket) => ({
      address: `${ownPath(ticket)}?vnc_bootstrap=${ticket.token}`,
      headers: { cookie: sessionOnly(ticket) },
    }),
    404,
  ),
  "carrier: the path": carried(
    (ticket) => ({ address: `${ownPath(ticket)}/${ticket.token}`, headers: { cookie: sessionOnly(ticket) } }),
    404,
  ),
  "carrier: a header of its own": carried((ticket) => ({
    headers: { cookie: sessionOnly(ticket), "x-vnc-token": ticket.token },
  })),
  "carrier: the header for API tokens": carried((ticket) => ({
    headers: { cookie: cookie(ticket), authorization: `Bearer ${ticket.token}` },
  })),
  "carrier: the sub-protocol": carried((ticket) => ({
    headers: { cookie: sessionOnly(ticket) },
    protocols: ["binary", ticket.token],
  })),
  "carrier: a cookie of another name": carried((ticket) => ({
    headers: { cookie: `${sessionOnly(ticket)}; vnc_bootstrap2=${ticket.token}` },
  })),
  "carrier: a cookie of its name in capitals": carried((ticket) => ({
    headers: { cookie: `${sessionOnly(ticket)}; VNC_BOOTSTRAP=${ticket.token}` },
  })),
  "carrier: the session's cookie": carried((ticket) => ({
    headers: { cookie: `session_id=${ticket.token}; vnc_bootstrap=${ticket.token}` },
  })),
};

/** A good token at an address that is not quite its own. */
export const oddAddresses: Tricks = Object.fromEntries(
  Object.entries<(own: string) => string>({
    "a slash behind": (own) => `${own}/`,
    "a slash before": (own) => `/${own}`,
    "capital letters": (own) => own.replace("/vnc", "/VNC"),
    "a written slash": (own) => own.replace("/vnc", "%2fvnc"),
    "another subresource": (own) => own.replace("/vnc", "/usbredir"),
  }).map(([name, write]) => [
    `address: ${name}`,
    {
      expected: 404,
      make: (ticket) => ({ address: write(ownPath(ticket)), headers: { cookie: cookie(ticket) } }),
    },
  ]),
);
