import type { LdapConfig, LdapPerson } from "@/lib/adapters/ldap/types";
import { personFromAttributes, type ExternalPerson } from "./people/rules";
import type { ClaimsMapping } from "./schema";
import type { LdapSettings } from "./settings/schema";

/** Settings and secret in the form of the wall. */
export function connectLdap(settings: LdapSettings, bindPassword: string | null): LdapConfig {
  const { groups, ...rest } = settings;
  return {
    ...rest,
    bindPassword: bindPassword ?? "",
    groups: { ...groups, baseDn: groups.baseDn ?? settings.baseDn },
  };
}

/** A directory's person by the fields an administrator chose; `groups` is what the wall found out about them. */
export function readDirectoryPerson(found: LdapPerson, mapping: ClaimsMapping): ExternalPerson {
  const attributes = { ...found.attributes, ...(found.groups === null ? {} : { groups: found.groups }) };
  const read = personFromAttributes(found.externalId, attributes, mapping);
  return {
    ...read,
    username: mapping.username === null ? found.username : read.username,
    email: mapping.email === null ? (found.email?.toLowerCase() ?? null) : read.email,
    displayName: mapping.displayName === null ? found.displayName.slice(0, 100) : read.displayName,
  };
}
