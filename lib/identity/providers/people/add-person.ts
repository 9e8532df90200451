import { randomInt } from "node:crypto";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/core/transaction";
import type { Voucher } from "./admit-person";
import { usernameCandidates, usernameFrom, type ExternalPerson } from "./rules";

interface NewPerson {
  provider: Voucher;
  person: ExternalPerson;
}

interface AddedPerson {
  id: string;
  username: string;
}

/**
 * A step: enters somebody the portal does not know, under the first free form of their name. Whoever has that name or
 * e-mail address already is somebody else, whatever the provider says: an account is never taken over by a name.
 */
export async function addPerson(tx: Tx, ctx: Context, { provider, person }: NewPerson): Promise<AddedPerson> {
  const random = `${usernameFrom(person.username).slice(0, 48)}-${randomInt(100_000, 1_000_000)}`;
  for (const username of [...usernameCandidates(person.username), random]) {
    const added = await insertPerson(tx, { provider, person }, username);
    if (added === null) continue;
    if (added.isNew) await recordAddition(tx, ctx, { provider, person, added });
    return { id: added.id, username: added.username };
  }
  throw new Error("no free user name was found");
}

interface Inserted extends AddedPerson {
  isNew: boolean;
  email: string | null;
}

/** Null where the name is taken. A row that came meanwhile for the same person is theirs. */
async function insertPerson(
  tx: Tx,
  { provider, person }: NewPerson,
  username: string,
): Promise<Inserted | null> {
  const { externalId, displayName, email } = person;
  const inserted = await tx.$queryRaw<Inserted[]>`
    INSERT INTO users (id, username, display_name, email, auth_type, auth_provider_id, external_id, created_by, updated_at)
    SELECT ${newId()}, ${username}, ${displayName},
      CASE WHEN EXISTS (SELECT FROM users o WHERE lower(o.email) = ${email}) THEN NULL ELSE ${email} END,
      ${provider.authType}, ${provider.id}, ${externalId}, 'directory', now()
    ON CONFLICT DO NOTHING RETURNING id, username, email, TRUE AS "isNew"`;
  if (inserted[0] !== undefined) return inserted[0];
  const same = await tx.$queryRaw<Inserted[]>`
    SELECT id, username, email, FALSE AS "isNew" FROM users
    WHERE auth_provider_id = ${provider.id} AND external_id = ${externalId} FOR UPDATE`;
  return same[0] ?? null;
}

function recordAddition(
  tx: Tx,
  ctx: Context,
  { provider, person, added }: NewPerson & { added: Inserted },
): Promise<void> {
  return recordAudit(tx, ctx, {
    action: "user.create",
    resource: { type: "user", id: added.id, name: added.username },
    parent: { type: "auth_provider", id: provider.id },
    details: {
      provider: provider.name,
      externalId: person.externalId,
      nameTaken: added.username !== usernameFrom(person.username),
      emailTaken: added.email !== person.email,
    },
  });
}
