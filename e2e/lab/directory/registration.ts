import fs from "node:fs";
import { z } from "zod";

export const registrationChangeSchema = z.strictObject({
  redirectUris: z.array(z.url()).optional(),
  postLogoutRedirectUris: z.array(z.url()).optional(),
  backchannelLogoutUri: z.url().nullable().optional(),
  idTokenAlgorithm: z.enum(["RS256", "ES256"]).optional(),
  samlEntityId: z.string().nullable().optional(),
  samlAcs: z.url().nullable().optional(),
});

export type RegistrationChange = z.output<typeof registrationChangeSchema>;

/** The one application that signs people in here; its addresses are known only once it runs. */
export interface Registration {
  clientId: string;
  clientSecret: string;
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  backchannelLogoutUri: string | null;
  idTokenAlgorithm: "RS256" | "ES256";
  samlEntityId: string | null;
  samlAcs: string | null;
}

export interface RegistrationDesk {
  current(): Registration;
  change(change: RegistrationChange): Registration;
}

/** What was registered is kept in the file, so that the application finds it again after a new start. */
export function openRegistrationDesk(file: string, clientSecret: string): RegistrationDesk {
  let changes: RegistrationChange = readKept(file);
  const current = (): Registration => ({
    clientId: "shepherd",
    clientSecret,
    redirectUris: changes.redirectUris ?? [],
    postLogoutRedirectUris: changes.postLogoutRedirectUris ?? [],
    backchannelLogoutUri: changes.backchannelLogoutUri ?? null,
    idTokenAlgorithm: changes.idTokenAlgorithm ?? "RS256",
    samlEntityId: changes.samlEntityId ?? null,
    samlAcs: changes.samlAcs ?? null,
  });
  return {
    current,
    change: (wanted) => {
      const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
      changes = { ...changes, ...given };
      fs.writeFileSync(file, JSON.stringify(changes, undefined, 2), { mode: 0o600 });
      return current();
    },
  };
}

function readKept(file: string): RegistrationChange {
  if (!fs.existsSync(file)) return {};
  return registrationChangeSchema.parse(JSON.parse(fs.readFileSync(file, "utf8")));
}
