import { AndFilter, EqualityFilter } from "ldapts";
import type { Entry, Filter } from "ldapts";
import { LdapFailure } from "./failure";
import { anyValueFilter, fillFilter } from "./filters";
import { readPerson } from "./read-entry";
import { readGroups } from "./read-groups";
import { isBinaryName, withDirectory, type Directory } from "./session";
import type { LdapConfig, LdapPerson } from "./types";

/** Everybody the filter lets in, up to a limit; entries without an id or a name are left out. */
export function listLdapPeople(config: LdapConfig, { limit }: { limit: number }): Promise<LdapPerson[]> {
  return withDirectory(config, async (directory) => {
    const entries = await searchPeople(directory, config, { filter: everybody(config), limit });
    const people: LdapPerson[] = [];
    for (const entry of entries) {
      const person = await completePerson(directory, config, entry);
      if (person) people.push(person);
    }
    return people;
  });
}

/** The person an earlier sign-in or import knew by this id, or null where the directory no longer has them. */
export function findLdapPerson(
  config: LdapConfig,
  { externalId }: { externalId: string },
): Promise<LdapPerson | null> {
  const { id } = config.attributes;
  const value = isBinaryName(id) ? Buffer.from(externalId, "hex") : externalId;
  const filter = new AndFilter({
    filters: [everybody(config), new EqualityFilter({ attribute: id, value })],
  });
  return withDirectory(config, async (directory) => {
    const entry = onlyEntry(await searchPeople(directory, config, { filter, limit: 2 }));
    return entry && completePerson(directory, config, entry);
  });
}

/** The entry of whoever signs in with this name, or null; two entries are an error of the filter and let nobody in. */
export async function findEntry(
  directory: Directory,
  config: LdapConfig,
  username: string,
): Promise<Entry | null> {
  const filter = fillFilter(config.userFilter, { username });
  return onlyEntry(await searchPeople(directory, config, { filter, limit: 2 }));
}

export async function completePerson(
  directory: Directory,
  config: LdapConfig,
  entry: Entry,
): Promise<LdapPerson | null> {
  const person = readPerson(entry, config.attributes);
  if (!person) return null;
  const groups = await readGroups(directory, config, { ...person, entry });
  return { ...person, groups };
}

/** Matches everybody who could sign in. */
export function everybody(config: LdapConfig): Filter {
  return anyValueFilter(config.userFilter, ["username"]);
}

function searchPeople(
  directory: Directory,
  config: LdapConfig,
  { filter, limit }: { filter: Filter; limit: number },
): Promise<Entry[]> {
  const operational = [config.attributes.id, config.groups.attribute];
  return directory.search({
    baseDn: config.baseDn,
    filter,
    limit,
    attributes: ["*", ...operational.filter((name) => name !== "")],
  });
}

function onlyEntry(entries: Entry[]): Entry | null {
  if (entries.length > 1)
    throw new LdapFailure("rejected", "filter", "the filter finds more than one person");
  return entries[0] ?? null;
}
