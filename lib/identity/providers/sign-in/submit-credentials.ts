import { authenticateByLdap } from "@/lib/adapters/ldap/authenticate";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { countAttempt, forgiveAttempt } from "../../store";
import { connectLdap, readDirectoryPerson } from "../connect-ldap";
import { openSecrets } from "../open-secrets";
import { readOpenProvider, type ProviderOf } from "../store";
import { admitVisitor, type Visit, type Vouched } from "./admit-visitor";
import { recordRefusedSignIn, refuseSignIn, translateRefusal } from "./record-refused-sign-in";
import type { SubmitCredentials } from "./schema";

/**
 * Signs in with a password that a directory checks; whoever fails learns no more than at the local sign-in.
 * @throws LOGIN_FAILED, RATE_LIMIT_EXCEEDED, PROVIDER_UNAVAILABLE, SIGN_IN_REFUSED where the directory is set up wrongly
 */
export async function submitCredentials(ctx: Context, input: SubmitCredentials): Promise<Visit> {
  const provider = await readOpenProvider(input.providerId);
  if (provider.authType !== "ldap") throw new AppError("NOT_SUPPORTED", { type: provider.authType });
  const attempt = { account: `${provider.id}/${input.username}`, address: ctx.address };
  await countAttempt(attempt);
  const vouched = await translateRefusal(ctx, provider, () => askDirectory(provider, input));
  if (vouched === null) {
    await recordRefusedSignIn(ctx, provider, refuseSignIn("credentials"));
    throw new AppError("LOGIN_FAILED");
  }
  const visit = await letIn(ctx, provider, vouched);
  await forgiveAttempt(attempt);
  return visit;
}

async function askDirectory(
  provider: ProviderOf<"ldap">,
  { username, password }: SubmitCredentials,
): Promise<Vouched | null> {
  const { bindPassword } = await openSecrets(provider);
  const config = connectLdap(provider.config, bindPassword);
  const found = await authenticateByLdap(config, { username, password });
  if (found === null) return null;
  return { person: readDirectoryPerson(found, provider.claims), providerSid: null, idToken: null };
}

/** Somebody who is disabled here looks from outside like somebody with a wrong password. */
async function letIn(ctx: Context, provider: ProviderOf<"ldap">, vouched: Vouched): Promise<Visit> {
  try {
    return await admitVisitor(ctx, { provider, vouched });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "SIGN_IN_REFUSED") throw error;
    await recordRefusedSignIn(ctx, provider, error);
    throw new AppError("LOGIN_FAILED");
  }
}
