import { randomUUID } from "node:crypto";
import { hashUser, readSealingKey, tokenBinding } from "@/lib/console/store";
import { consoleSocketPath } from "@/lib/console/rules";
import { db } from "@/lib/core/db";
import { seal } from "@/lib/core/secrets";
import { cookiesOf } from "../ground/console-hall";
import type { Ticket, Tricks } from "./trick";

type Envelope = Record<string, unknown>;

const read = (token: string) => JSON.parse(Buffer.from(token, "base64url").toString("utf8")) as Envelope; // The portal's own writing.
const write = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

function flip(token: string, member: string): string {
  const envelope = read(token);
  const bytes = Buffer.from(String(envelope[member]), "base64");
  bytes[3] = (bytes[3] ?? 0) ^ 1;
  return write({ ...envelope, [member]: bytes.toString("base64") });
}

const altered: Record<string, (token: string) => string> = {
  "a byte of its words": (token) => flip(token, "ciphertext"),
  "a byte of its seal": (token) => flip(token, "tag"),
  "a byte of its nonce": (token) => flip(token, "nonce"),
  "a byte of its sender": (token) => flip(token, "sender"),
  "another key": (token) => write({ ...read(token), key_version: 99 }),
  "another way of sealing": (token) => write({ ...read(token), alg: "none" }),
  "a member more": (token) => write({ ...read(token), admin: true }),
  "a seal cut short": (token) => write({ ...read(token), tag: String(read(token)["tag"]).slice(0, 5) }),
  "its end missing": (token) => token.slice(0, -20),
  "no envelope": () => write(null),
  "a list": () => write([1, 2, 3]),
  "no letters of its alphabet": () => "%00%ff",
  "more than any token": (token) => token + "A".repeat(4_000),
  "a deep nest": () => Buffer.from("[".repeat(1_400)).toString("base64url"),
};

function claimsOf({ vm, visitor, jti }: Ticket, place: { clusterId: string; namespace: string }) {
  return {
    sub: hashUser(visitor.ctx.actor.id),
    vm_id: vm.id,
    cluster: place.clusterId,
    namespace: place.namespace,
    exp: Math.floor(Date.now() / 1000) + 3_600,
    jti,
    single_use: true,
  };
}

/** Sealed with the key that the web process has, by somebody who has taken it over. */
async function forge(ticket: Ticket, over: object, binding = tokenBinding(ticket.vm.id)): Promise<string> {
  const place = await db().vm.findUniqueOrThrow({ where: { id: ticket.vm.id } });
  const key = await readSealingKey(db());
  const sealed = seal(key, JSON.stringify({ ...claimsOf(ticket, place), ...over }), binding);
  return write(sealed);
}

const forged: Record<string, (ticket: Ticket) => Promise<string>> = {
  "for a number that nobody issued": (ticket) => forge(ticket, { jti: randomUUID() }),
  "for somebody else": (ticket) => forge(ticket, { sub: hashUser("somebody") }),
  "for another cluster": (ticket) => forge(ticket, { cluster: "elsewhere" }),
  "for another namespace": (ticket) => forge(ticket, { namespace: "kube-system" }),
  "for many uses": (ticket) => forge(ticket, { single_use: false }),
  "with a claim more": (ticket) => forge(ticket, { mode: "control" }),
  "without a binding": (ticket) => forge(ticket, {}, ""),
  "by another purpose's binding": (ticket) => forge(ticket, {}, `console-recording:${ticket.vm.id}`),
  "for a colleague's number": async (ticket) => {
    const colleague = await ticket.hall.aVisitor();
    const { jti } = await ticket.hall.issue(colleague, ticket.vm);
    return forge(ticket, { jti });
  },
};

export const spoiltTokens: Tricks = Object.fromEntries([
  ...Object.entries(altered).map(([name, spoil]) => [
    `altered: ${name}`,
    {
      expected: 403,
      make: (ticket: Ticket) => ({
        headers: { cookie: cookiesOf(ticket.visitor, spoil(ticket.token)) },
      }),
    },
  ]),
  ...Object.entries(forged).map(([name, make]) => [
    `forged: ${name}`,
    {
      expected: 403,
      make: async (ticket: Ticket) => ({
        headers: { cookie: cookiesOf(ticket.visitor, await make(ticket)) },
      }),
    },
  ]),
]) as Tricks; // Object.fromEntries loses what its entries are.

/** A good token carried to where it does not belong. */
export const movedTokens: Tricks = {
  "moved: to another VM": {
    expected: 403,
    make: async ({ hall, visitor, token }) => ({
      address: consoleSocketPath((await hall.aMachine()).id, "vnc"),
      headers: { cookie: cookiesOf(visitor, token) },
    }),
  },
  "moved: to a VM that is not there": {
    expected: 403,
    make: ({ visitor, token }) => ({
      address: consoleSocketPath(randomUUID(), "vnc"),
      headers: { cookie: cookiesOf(visitor, token) },
    }),
  },
  "moved: from the screen to the serial line": {
    expected: 403,
    make: ({ vm, visitor, token }) => ({
      address: consoleSocketPath(vm.id, "serial"),
      headers: { cookie: cookiesOf(visitor, token) },
    }),
  },
  "moved: from the serial line to the screen": {
    expected: 403,
    make: async ({ hall, vm, visitor }) => {
      const { token } = await hall.issue(visitor, vm, { consoleType: "serial" });
      return { headers: { cookie: cookiesOf(visitor, token) } };
    },
  },
  "moved: to a colleague": {
    expected: 403,
    make: async ({ hall, token }) => ({ headers: { cookie: cookiesOf(await hall.aVisitor(), token) } }),
  },
};
