import { authorize } from "@/lib/access/authorize";
import { listLdapPeople } from "@/lib/adapters/ldap/people";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { inTransaction } from "@/lib/core/transaction";
import { ownPath } from "../../rules";
import { requireOwnSession } from "../../store";
import { connectLdap, readDirectoryPerson } from "../connect-ldap";
import { withProviderFailures } from "../explain-failure";
import { openSecrets } from "../open-secrets";
import { leadAway, type StartedSignIn } from "../sign-in/start-sign-in";
import { readProvider, type ProviderOf } from "../store";
import { writeSamples } from "./record-sample";

const peopleSampled = 10;

export interface TakenSample {
  redirectUrl: string | null;
  cookie: StartedSignIn["cookie"] | null;
  people: number;
}

/**
 * A few people to choose fields by (spec §5.3): a directory lists them; the others say something only about who signs in,
 * so the administrator is led there for a try.
 * @throws PROVIDER_UNAVAILABLE, PROVIDER_REJECTED
 */
export async function takeSample(
  ctx: Context,
  { providerId, returnTo }: { providerId: string; returnTo?: string | undefined },
): Promise<TakenSample> {
  await authorize(db(), ctx, "auth_provider:sync");
  const provider = await readProvider(providerId);
  if (provider.authType === "ldap") return sampleDirectory(ctx, provider);
  const startedBy = requireOwnSession(ctx).id;
  const flow = { purpose: "sample", startedBy, returnTo: ownPath(returnTo) } as const;
  return { ...(await withProviderFailures(() => leadAway(ctx, provider, flow))), people: 0 };
}

async function sampleDirectory(ctx: Context, provider: ProviderOf<"ldap">): Promise<TakenSample> {
  const { bindPassword } = await openSecrets(provider);
  const config = connectLdap(provider.config, bindPassword);
  const found = await withProviderFailures(() => listLdapPeople(config, { limit: peopleSampled }));
  const people = found.map((one) => readDirectoryPerson(one, provider.claims));
  await inTransaction(async (tx) => {
    await writeSamples(tx, ctx, { providerId: provider.id, people });
    await recordAudit(tx, ctx, {
      action: "auth_provider.sync",
      resource: { type: "auth_provider", id: provider.id, name: provider.name },
      details: { sampled: people.length },
    });
  });
  return { redirectUrl: null, cookie: null, people: people.length };
}
