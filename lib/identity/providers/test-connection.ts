import { authorize } from "@/lib/access/authorize";
import { testLdapConnection } from "@/lib/adapters/ldap/survey";
import { testOidcConnection } from "@/lib/adapters/oidc/test-connection";
import { samlLoginUrl } from "@/lib/adapters/saml/login-url";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { fieldRefused } from "@/lib/core/errors";
import { checkSettings } from "./check-settings";
import { connectLdap } from "./connect-ldap";
import { connectOidc } from "./connect-oidc";
import { connectSaml } from "./connect-saml";
import { explainFailure } from "./explain-failure";
import { namesOfSecrets, openSecrets, type Secrets } from "./open-secrets";
import { secretDestination, type ProviderSettings } from "./rules";
import type { ConnectionReport, TestConnection } from "./schema";
import { readProvider } from "./store";

type Step = ConnectionReport["steps"][number];
type StepName = Step["name"];
type Facts = Step["facts"];

/** Tries settings before they are kept: nothing is written, and what is found or fails is told step by step. */
export async function testConnection(ctx: Context, input: TestConnection): Promise<ConnectionReport> {
  await authorize(db(), ctx, "auth_provider:configure");
  checkSettings(input);
  return tryOut(input, await secretsFor(input), input.providerId ?? "new");
}

/** The same for a provider as it is kept. */
export async function testProvider(
  ctx: Context,
  { providerId }: { providerId: string },
): Promise<ConnectionReport> {
  await authorize(db(), ctx, "auth_provider:configure");
  const provider = await readProvider(providerId);
  return tryOut(provider, await openSecrets(provider), providerId);
}

/** A kept secret is tried only where its owner sent it. */
async function secretsFor(input: TestConnection): Promise<Secrets> {
  if (input.providerId === undefined || namesOfSecrets(input.secrets).length > 0) return input.secrets;
  const provider = await readProvider(input.providerId);
  const opened = await openSecrets(provider);
  if (opened.kept[0] === undefined || secretDestination(provider) === secretDestination(input)) return opened;
  throw fieldRefused(`secrets.${opened.kept[0]}`, "required");
}

function tryOut(settings: ProviderSettings, secrets: Secrets, providerId: string): Promise<ConnectionReport> {
  switch (settings.authType) {
    case "oidc": {
      const config = connectOidc(settings.config, secrets.clientSecret ?? null);
      return report(["discovery", "keys"], async () => {
        const found = await testOidcConnection(config);
        const { issuer, authorizationEndpoint, endSessionEndpoint, jwksKeys, algorithms } = found;
        return {
          discovery: {
            issuer,
            authorizationEndpoint,
            endSessionEndpoint,
            claims: found.claimsSupported.join(", "),
          },
          keys: { count: jwksKeys, algorithms: algorithms.join(", ") },
        };
      });
    }
    case "saml":
      return report(["address", "certificates"], async () => {
        const asked = { requestId: `_${"0".repeat(40)}`, relayState: "test" };
        const address = await samlLoginUrl(connectSaml(providerId, settings.config), asked);
        const { certificates } = settings.config;
        return { address: { host: new URL(address).host }, certificates: { count: certificates.length } };
      });
    case "ldap": {
      const config = connectLdap(settings.config, secrets.bindPassword ?? null);
      return report(["bind", "people", "groups"], async () => {
        const { people, groups } = await testLdapConnection(config);
        return { bind: {}, people: { count: people }, groups: { count: groups } };
      });
    }
  }
}

/** The first step of those that a failure may belong to is the one that failed; what comes after it was not tried. */
async function report(
  names: readonly StepName[],
  work: () => Promise<Partial<Record<StepName, Facts>>>,
): Promise<ConnectionReport> {
  try {
    const found = await work();
    const steps = names.map((name) => ({ ...passed, name, facts: found[name] ?? {} }));
    return { ok: true, steps };
  } catch (error) {
    const failure = explainFailure(error);
    if (failure === null) throw error;
    const failedAt = Math.max(0, names.indexOf(stepOfReason[failure.reason] ?? "address"));
    const steps = names.map((name, at): Step => {
      if (at < failedAt) return { ...passed, name };
      if (at > failedAt) return { ...passed, name, outcome: "skipped" };
      const { reason, message } = failure;
      return { name, outcome: "failed", facts: {}, reason, message };
    });
    return { ok: false, steps };
  }
}

const passed = { outcome: "passed", facts: {}, reason: null, message: null } as const;

/** Which step a wall's word belongs to, where it is not the first. */
const stepOfReason: Partial<Record<string, StepName>> = {
  "key-set": "keys",
  key: "keys",
  base: "people",
  filter: "people",
  limit: "people",
  attribute: "people",
};
