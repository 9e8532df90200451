import { db } from "@/lib/core/db";
import { readToken } from "./read-token";
import { proxySilentSeconds, type ConsoleType } from "./rules";
import { findControl, findToken } from "./store";

/**
 * Where the session that a token wants to watch is carried, if that is another process that lives; null for all else.
 * Nothing is spent: that process asks for itself who comes and whether they may.
 */
export async function locateWatched(
  { token, vmId, consoleType }: { token: string; vmId: string; consoleType: ConsoleType },
  ownProxyId: string,
): Promise<string | null> {
  const claims = await readToken({ token, vmId });
  const issued = claims === null ? null : await findToken(db(), claims.jti);
  if (issued?.mode !== "watch") return null;
  const watched = await findControl(db(), { vmId, consoleType });
  if (watched === null || watched.proxyId === ownProxyId) return null;
  return findAddress(watched.proxyId, ownProxyId);
}

/** A process that died may have left its address to the one that asks. */
async function findAddress(proxyId: string, ownProxyId: string): Promise<string | null> {
  const rows = await db().$queryRaw<{ address: string | null }[]>`
    SELECT address FROM worker_instances
    WHERE id = ${proxyId} AND last_heartbeat > clock_timestamp() - make_interval(secs => ${proxySilentSeconds})
      AND address IS DISTINCT FROM (SELECT o.address FROM worker_instances o WHERE o.id = ${ownProxyId})`;
  return rows[0]?.address ?? null;
}
