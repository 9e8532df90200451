import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { exportJWK, generateKeyPair } from "jose";
import { z } from "zod";
import { createIdentity } from "../kubevirt/certificates";
import { createSigningCertificate } from "./saml/signing-certificate";

const certificateSchema = z.object({ certificatePem: z.string(), keyPem: z.string() });
const portsSchema = z.object({
  oidc: z.number(),
  saml: z.number(),
  ldaps: z.number(),
  ldap: z.number(),
  control: z.number(),
});
const secretsSchema = z.object({
  tls: certificateSchema.extend({ caPem: z.string() }),
  saml: certificateSchema,
  jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
  cookieKey: z.string(),
  clientSecret: z.string(),
  bindPassword: z.string(),
  rootPassword: z.string(),
  passwords: z.record(z.string(), z.string()),
  ports: portsSchema,
});

export type Secrets = z.output<typeof secretsSchema>;
export type Ports = z.output<typeof portsSchema>;

export interface SecretsFile {
  secrets: Secrets;
  passwordOf(username: string): string;
  keepPorts(ports: Ports): void;
}

/** Keys, passwords and ports made once and kept, so that what was configured against this lab stays true. */
export async function openSecrets(folder: string): Promise<SecretsFile> {
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, "directory.json");
  const secrets = readSecrets(file) ?? (await makeSecrets());
  const keep = () => fs.writeFileSync(file, JSON.stringify(secrets, undefined, 2), { mode: 0o600 });
  keep();
  return {
    secrets,
    passwordOf: (username) => {
      secrets.passwords[username] ??= secret(9);
      keep();
      return secrets.passwords[username];
    },
    keepPorts: (ports) => {
      secrets.ports = ports;
      keep();
    },
  };
}

function readSecrets(file: string): Secrets | undefined {
  if (!fs.existsSync(file)) return undefined;
  return secretsSchema.parse(JSON.parse(fs.readFileSync(file, "utf8")));
}

async function makeSecrets(): Promise<Secrets> {
  const { caPem, certificatePem, keyPem } = await createIdentity("directory", ["127.0.0.1", "localhost"]);
  return {
    tls: { caPem, certificatePem, keyPem },
    saml: await createSigningCertificate("directory-saml"),
    jwks: { keys: [await signingKey("RS256"), await signingKey("ES256")] },
    cookieKey: secret(24),
    clientSecret: secret(24),
    bindPassword: secret(18),
    rootPassword: secret(18),
    passwords: {},
    ports: { oidc: 0, saml: 0, ldaps: 0, ldap: 0, control: 0 },
  };
}

async function signingKey(alg: string): Promise<Record<string, unknown>> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), alg, use: "sig", kid: `${alg.toLowerCase()}-${secret(6)}` };
}

function secret(bytes: number): string {
  return randomBytes(bytes).toString("base64url");
}
