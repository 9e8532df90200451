import { randomUUID } from "node:crypto";
import { asLdapFailure, LdapFailure, resultCode } from "./failure";
import { completePerson, findEntry } from "./people";
import { bindOnce, withDirectory } from "./session";
import type { LdapConfig, LdapPerson } from "./types";

export interface LdapCredentials {
  username: string;
  password: string;
}

const usernameLengthMax = 256;
const passwordLengthMax = 1024;

/** Result codes by which a directory turns one person away: wrong password, locked, expired, switched off, gone. */
const personRefused = [19, 32, 48, 49, 53];

/**
 * Who signed in, or null for a wrong name or password. A name that nobody has is tried as well, so that the answer takes
 * as many steps.
 */
export async function authenticateByLdap(
  config: LdapConfig,
  credentials: LdapCredentials,
): Promise<LdapPerson | null> {
  if (!isPlausible(credentials)) return null;
  return withDirectory(config, async (directory) => {
    const entry = await findEntry(directory, config, credentials.username);
    const dn = entry?.dn ?? `cn=${randomUUID()},${config.baseDn}`;
    const isAccepted = await isPassword(config, { dn, password: credentials.password });
    if (!entry || !isAccepted) return null;
    const person = await completePerson(directory, config, entry);
    if (!person)
      throw new LdapFailure("rejected", "attribute", "the person's entry has no id or no user name");
    return person;
  });
}

// A bind with an empty password is anonymous and succeeds, whoever is named.
function isPlausible({ username, password }: LdapCredentials): boolean {
  if (username.trim() === "" || username.length > usernameLengthMax) return false;
  return password !== "" && password.length <= passwordLengthMax && !password.includes("\u0000");
}

async function isPassword(config: LdapConfig, person: { dn: string; password: string }): Promise<boolean> {
  try {
    await bindOnce(config, person);
    return true;
  } catch (error) {
    if (personRefused.includes(resultCode(error) ?? 0)) return false;
    throw asLdapFailure(error);
  }
}
