import { aConsoleUser, aSession } from "@/e2e/factories/console";
import { aPerson, anAdministrator } from "@/e2e/factories/person";
import { revokeConsole } from "@/lib/console/revoke-console";
import { closeCodes } from "@/lib/console/rules";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { disableUser } from "@/lib/identity/disable-user";
import { signOut } from "@/lib/identity/sign-out";
import { cookiesOf, outcomeOf } from "../ground/console-hall";
import type { Ticket, Trick, Tricks } from "./trick";

const asIssued = ({ visitor, token }: Ticket) => ({ headers: { cookie: cookiesOf(visitor, token) } });

/** Something that the token rests on falls away between its issue and its use. */
function after(expected: number, fall: (ticket: Ticket) => Promise<unknown>): Trick {
  return {
    expected,
    make: async (ticket) => {
      await fall(ticket);
      return asIssued(ticket);
    },
  };
}

const withStatus = (status: string) => async (ticket: Ticket) => {
  const vm = await ticket.hall.aMachine();
  const { token } = await ticket.hall.issue(ticket.visitor, vm);
  await db().vm.update({ where: { id: vm.id }, data: { status }, select: { id: true } });
  return { address: `/api/v1/vms/${vm.id}/vnc`, headers: { cookie: cookiesOf(ticket.visitor, token) } };
};

async function aGrant({ vm, visitor }: Ticket) {
  const ticketId = newId();
  const endsAt = new Date(Date.now() + 60_000);
  await db().consoleGrant.create({
    data: { id: newId(), userId: visitor.ctx.actor.id, vmId: vm.id, ticketId, endsAt },
    select: { id: true },
  });
  return { ticketId, endsAt };
}

const withGrant = (fall: (ticketId: string, jti: string) => Promise<unknown>): Trick => ({
  expected: 403,
  make: async (ticket) => {
    const grant = await aGrant(ticket);
    const { token, jti } = await ticket.hall.issue(ticket.visitor, ticket.vm, { grant });
    await fall(grant.ticketId, jti);
    return { headers: { cookie: cookiesOf(ticket.visitor, token) } };
  },
});

const ago = "now() - interval '1 second'";

export const fallenRights: Tricks = {
  "fallen: it has been used": after(409, async (ticket) => {
    const { headers } = asIssued(ticket);
    const outcome = await outcomeOf(ticket.hall.dial(`/api/v1/vms/${ticket.vm.id}/vnc`, headers));
    if (outcome !== "opened") throw new Error(`a good token came to ${outcome}`);
    const isClosed = async () =>
      (await db().vncAccessToken.count({ where: { jti: ticket.jti, closedAt: null } })) === 0;
    while (!(await isClosed())) await new Promise((resolve) => setTimeout(resolve, 50));
  }),
  "fallen: it has expired": after(
    409,
    ({ jti }) => db().$executeRaw`
    UPDATE vnc_access_tokens SET expires_at = now() - interval '1 second' WHERE jti = ${jti}`,
  ),
  "fallen: it was revoked": after(403, async ({ jti }) => revokeConsole(await anAdministrator(), { jti })),
  "fallen: the session signed out": after(401, ({ visitor }) => signOut(visitor.ctx)),
  "fallen: the session was revoked": after(401, ({ visitor }) =>
    db().userSession.update({
      where: { id: visitor.ctx.actor.sessionId },
      data: { revokedAt: new Date() },
      select: { id: true },
    }),
  ),
  "fallen: the session has run out": after(401, ({ visitor }) =>
    db().userSession.update({
      where: { id: visitor.ctx.actor.sessionId },
      data: { expiresAt: new Date(Date.now() - 1_000) },
      select: { id: true },
    }),
  ),
  "fallen: the person was disabled": after(401, async ({ visitor }) =>
    disableUser(await anAdministrator(), { userId: visitor.ctx.actor.id }),
  ),
  "fallen: the person must change their password": after(403, ({ visitor }) =>
    db().user.update({
      where: { id: visitor.ctx.actor.id },
      data: { forcePasswordChange: true },
      select: { id: true },
    }),
  ),
  "fallen: the role on the System": after(403, ({ visitor }) =>
    db().resourceRoleBinding.deleteMany({ where: { userId: visitor.ctx.actor.id } }),
  ),
  "fallen: the role in the platform": after(403, ({ visitor }) =>
    db().roleBinding.deleteMany({ where: { userId: visitor.ctx.actor.id } }),
  ),
  "fallen: the role has run out": after(403, ({ visitor }) =>
    db().resourceRoleBinding.updateMany({
      where: { userId: visitor.ctx.actor.id },
      data: { expiresAt: new Date(Date.now() - 1_000) },
    }),
  ),
  "fallen: the grant is over": withGrant((_ticketId, jti) =>
    db().$executeRawUnsafe(`UPDATE vnc_access_tokens SET grant_ends_at = ${ago} WHERE jti = '${jti}'`),
  ),
  "fallen: the grant was revoked": withGrant((ticketId) =>
    db().consoleGrant.updateMany({ where: { ticketId }, data: { revokedAt: new Date() } }),
  ),
  "fallen: the grant is gone": withGrant((ticketId) => db().consoleGrant.deleteMany({ where: { ticketId } })),
  "fallen: the VM stopped": { expected: 409, make: withStatus("STOPPED") },
  "fallen: the VM is stopping": { expected: 409, make: withStatus("STOPPING") },
  "fallen: the VM is being deleted": { expected: 409, make: withStatus("DELETING") },
  "fallen: the VM is lost": { expected: 409, make: withStatus("NOT_FOUND") },
};

/** Whoever presents it is not quite whom it was issued to. */
export const otherPeople: Tricks = {
  "person: nobody": {
    expected: 401,
    make: ({ token }) => ({ headers: { cookie: `vnc_bootstrap=${token}` } }),
  },
  "person: a forged session": {
    expected: 401,
    make: ({ token }) => ({ headers: { cookie: `session_id=forged; vnc_bootstrap=${token}` } }),
  },
  "person: the session's bare number": {
    expected: 401,
    make: ({ visitor, token }) => ({
      headers: { cookie: `session_id=${visitor.ctx.actor.sessionId}; vnc_bootstrap=${token}` },
    }),
  },
  "person: a made-up API token": {
    expected: 401,
    make: ({ token }) => ({
      headers: { cookie: `vnc_bootstrap=${token}`, authorization: "Bearer shp_made_up_by_somebody" },
    }),
  },
  "person: oneself in another session": {
    expected: 403,
    make: async ({ visitor: { ctx }, token }) => {
      const cookie = await aSession({ ...ctx, actor: { ...ctx.actor, sessionId: newId() } });
      return { headers: { cookie: cookiesOf({ ctx, cookie }, token) } };
    },
  },
  "person: an administrator of the platform": {
    expected: 403,
    make: async ({ token }) => {
      const ctx = await anAdministrator();
      return { headers: { cookie: cookiesOf({ ctx, cookie: await aSession(ctx) }, token) } };
    },
  },
  "person: somebody without any role": {
    expected: 403,
    make: async ({ token }) => {
      const ctx = await aPerson(null);
      return { headers: { cookie: cookiesOf({ ctx, cookie: await aSession(ctx) }, token) } };
    },
  },
};

/** A token for another way of connecting than the one that is tried. */
export const otherModes: Tricks = {
  "mode: watching where nobody is": {
    expected: 409,
    make: async ({ hall, vm, visitor }) => {
      const { token } = await hall.issue(visitor, vm, { mode: "watch" });
      return { headers: { cookie: cookiesOf(visitor, token) } };
    },
  },
  "mode: overseeing without keeping the System": {
    expected: 403,
    make: async ({ hall, vm, visitor }) => {
      const { token } = await hall.issue(visitor, vm, { mode: "watch", observes: true });
      return { headers: { cookie: cookiesOf(visitor, token) } };
    },
  },
  "mode: control where somebody has it": {
    expected: closeCodes.in_use,
    make: async ({ hall, visitor }) => {
      const vm = await hall.aMachine();
      const holder = await aConsoleUser(vm.systemId);
      const held = await hall.connect(holder, vm);
      await new Promise((resolve) => held.socket.once("message", resolve));
      const { token } = await hall.issue(visitor, vm);
      const headers = { cookie: cookiesOf(visitor, token) };
      return { address: `/api/v1/vms/${vm.id}/vnc`, headers, held: held.socket };
    },
  },
  "mode: watching the serial line while somebody has the screen": {
    expected: 409,
    make: async ({ hall, visitor }) => {
      const vm = await hall.aMachine();
      const held = await hall.connect(await hall.aVisitor(), vm);
      await new Promise((resolve) => held.socket.once("message", resolve));
      const { token } = await hall.issue(visitor, vm, { mode: "watch", consoleType: "serial" });
      const headers = { cookie: cookiesOf(visitor, token) };
      return { address: `/api/v1/vms/${vm.id}/serial`, headers, held: held.socket };
    },
  },
};
