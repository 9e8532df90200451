import { verifyOidcLogoutToken, type OidcLogout } from "@/lib/adapters/oidc/logout-token";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { countRefusal } from "../../store";
import { connectOidc } from "../connect-oidc";
import { openSecrets } from "../open-secrets";
import { readOpenProvider, type ProviderOf } from "../store";
import { asRefusal, refuseSignIn, translateRefusal } from "./record-refused-sign-in";
import { rememberWord } from "./store";

const rememberedMs = 3_600_000;

/**
 * A provider says that somebody signed out there (OpenID back-channel logout): what they began here through it ends.
 * @throws SIGN_IN_REFUSED, PROVIDER_UNAVAILABLE, RESOURCE_NOT_FOUND
 */
export async function receiveLogout(
  asked: Context,
  { providerId, logoutToken }: { providerId: string; logoutToken: string },
): Promise<{ ended: number }> {
  const provider = await readOpenProvider(providerId);
  if (provider.authType !== "oidc") throw new AppError("RESOURCE_NOT_FOUND", { type: "auth_provider" });
  const logout = await translateRefusal(asked, provider, () => verify(asked, provider, logoutToken));
  const ctx: Context = { ...asked, actor: { kind: "platform", name: "directory" } };
  return inTransaction(async (tx) => {
    const expiresAt = new Date(logout.issuedAt.getTime() + rememberedMs);
    if (!(await rememberWord(tx, { providerId, key: `logout:${logout.jti}`, expiresAt })))
      throw refuseSignIn("replay");
    const people = await endSessions(tx, ctx, { providerId, logout });
    for (const { id, username, count } of people) {
      await recordAudit(tx, ctx, {
        action: "user.session_revoked",
        resource: { type: "user", id, name: username },
        parent: { type: "auth_provider", id: providerId },
        details: { self: false, reason: "provider_logout", count },
      });
    }
    return { ended: people.reduce((sum, { count }) => sum + count, 0) };
  });
}

/** Whoever sends what no provider signed is counted, so that nobody fills the records from outside. */
async function verify(ctx: Context, provider: ProviderOf<"oidc">, logoutToken: string): Promise<OidcLogout> {
  const { clientSecret } = await openSecrets(provider);
  try {
    return await verifyOidcLogoutToken(connectOidc(provider.config, clientSecret), logoutToken, ctx.now);
  } catch (error) {
    if (asRefusal(error)?.code === "SIGN_IN_REFUSED") await countRefusal("token", ctx.address);
    throw error;
  }
}

interface Ending {
  providerId: string;
  logout: OidcLogout;
}

/** A token with both names means that one sign-in of that person; with one, all that bear it. */
function endSessions(
  tx: Tx,
  ctx: Context,
  { providerId, logout }: Ending,
): Promise<{ id: string; username: string; count: number }[]> {
  return tx.$queryRaw`
    WITH ended AS (UPDATE user_sessions s
      SET revoked_at = ${ctx.now}::timestamptz, revoked_by = 'directory', revoked_reason = 'provider_logout'
      FROM users u WHERE u.id = s.user_id AND s.provider = ${providerId} AND s.revoked_at IS NULL
        AND (${logout.sessionId}::text IS NULL OR s.provider_sid = ${logout.sessionId})
        AND (${logout.subject}::text IS NULL OR u.external_id = ${logout.subject})
        AND (${logout.sessionId}::text IS NOT NULL OR ${logout.subject}::text IS NOT NULL)
      RETURNING u.id, u.username)
    SELECT id, username, count(*)::int AS count FROM ended GROUP BY id, username`;
}
