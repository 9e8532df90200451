import { readFileSync } from "node:fs";
import { parseArgs, isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { closeConnections } from "@/lib/core/close-connections";
import { platformContext, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { configureProvider } from "@/lib/identity/providers/configure-provider";
import { createMapping } from "@/lib/identity/providers/mapping/create-mapping";
import { createMappingInput } from "@/lib/identity/providers/mapping/schema";
import { readAuthProvider } from "@/lib/identity/providers/queries";
import {
  configureProviderInput,
  updateProviderInput,
  type ConfigureProvider,
} from "@/lib/identity/providers/schema";
import { updateProvider } from "@/lib/identity/providers/update-provider";
import { directoryControl } from "../lab/directory/control-client";

/** The directory lab's servers as ways to sign in, with roles for some groups, and the portal told to the servers. */
const newsSchema = z.object({
  oidc: z.object({ issuer: z.string(), clientId: z.string(), clientSecret: z.string() }),
  saml: z.object({ entityId: z.string(), ssoUrl: z.string(), certificate: z.string() }),
  ldap: z
    .object({ url: z.string(), baseDn: z.string(), bindDn: z.string(), bindPassword: z.string() })
    .nullable(),
  caCertificate: z.string(),
  control: z.object({ url: z.string() }),
});
type News = z.output<typeof newsSchema>;

const mappings = [
  { key: "engineering", roleId: "role-development-engineer", environments: ["test"] },
  { key: "approvers", roleId: "role-approval-admin", environments: ["test", "prod"] },
  { key: "contractors", roleId: "role-viewer", environments: ["test"] },
  { key: "platform-admins", roleId: "role-platform-admin", environments: ["test", "prod"] },
];

async function run(): Promise<void> {
  const { values } = parseArgs({ options: { lab: { type: "string" } } });
  if (values.lab === undefined) throw new Error("Usage: npm run scenario directory -- --lab NEWS.json");
  const news = newsSchema.parse(JSON.parse(readFileSync(values.lab, "utf8")));
  const ctx = platformContext("demo");
  const providers = [];
  for (const wanted of describeProviders(news)) {
    const provider = await registerProvider(ctx, wanted);
    await addMappings(ctx, provider.id);
    await tellServer(ctx, news, provider.id);
    providers.push(provider);
  }
  process.stdout.write(`${JSON.stringify({ providers })}\n`);
}

function describeProviders(news: News): ConfigureProvider[] {
  const { oidc, saml, ldap, caCertificate } = news;
  const groups = { groups: "groups" };
  const web = [
    {
      ...{ name: "Company login (OIDC)", authType: "oidc", enabled: true, sortOrder: 1 },
      config: { issuer: oidc.issuer, clientId: oidc.clientId, caCertificate },
      secrets: { clientSecret: oidc.clientSecret },
      claimsMapping: { username: "preferred_username", email: "email", displayName: "name", ...groups },
    },
    {
      ...{ name: "Company login (SAML)", authType: "saml", enabled: true, sortOrder: 2 },
      config: { entityId: saml.entityId, ssoUrl: saml.ssoUrl, certificates: [saml.certificate] },
      claimsMapping: { username: "uid", email: "mail", displayName: "displayName", ...groups },
    },
  ];
  const directory = ldap && {
    ...{ name: "Company directory (LDAP)", authType: "ldap", enabled: true, sortOrder: 3 },
    config: { url: ldap.url, bindDn: ldap.bindDn, baseDn: ldap.baseDn, caCertificate },
    secrets: { bindPassword: ldap.bindPassword },
    claimsMapping: groups,
  };
  return [...web, ...(directory ? [directory] : [])].map((one) => configureProviderInput.parse(one));
}

/** One that is here already is brought to the servers' present addresses. */
async function registerProvider(
  ctx: Context,
  wanted: ConfigureProvider,
): Promise<{ id: string; name: string }> {
  const { name, authType, config, secrets } = wanted;
  const known = await db().authProvider.findUnique({ where: { name }, select: { id: true } });
  if (known === null) return configureProvider(ctx, wanted);
  const { id: providerId, version, config: kept } = await readAuthProvider(ctx, known.id);
  if (!isDeepStrictEqual(kept, config)) {
    await updateProvider(ctx, updateProviderInput.parse({ providerId, version, authType, config, secrets }));
  }
  return { id: providerId, name };
}

async function addMappings(ctx: Context, providerId: string): Promise<void> {
  const known = await db().externalCohortMapping.count({ where: { providerId } });
  if (known > 0) return;
  for (const mapping of mappings) {
    await createMapping(ctx, createMappingInput.parse({ providerId, ...mapping }));
  }
}

async function tellServer(ctx: Context, { control }: News, providerId: string): Promise<void> {
  const { authType, ours } = await readAuthProvider(ctx, providerId);
  const server = directoryControl(control.url);
  if (authType === "oidc" && ours.callbackUrl !== null) {
    await server.changeClient({
      redirectUris: [ours.callbackUrl],
      postLogoutRedirectUris: ours.postLogoutUrl === null ? [] : [ours.postLogoutUrl],
      backchannelLogoutUri: ours.backchannelLogoutUrl,
    });
  }
  if (authType === "saml" && ours.metadataUrl !== null) {
    await server.changeClient({ samlMetadataUrl: ours.metadataUrl });
  }
}

try {
  await run();
} finally {
  await closeConnections();
}
