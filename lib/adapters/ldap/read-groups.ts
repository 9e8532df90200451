import { OrFilter, PresenceFilter } from "ldapts";
import type { Entry } from "ldapts";
import { isBelow, valueInDn } from "./dn";
import { resultCode } from "./failure";
import { fillFilter } from "./filters";
import { textValues } from "./read-entry";
import type { Directory } from "./session";
import type { LdapConfig, LdapGroup } from "./types";

const depthMax = 20;
const groupsMax = 1000;
const namesPerSearch = 40;

export interface GroupMember {
  dn: string;
  username: string;
  entry: Entry;
}

/**
 * The keys of the groups somebody is in, directly or through other groups; null where the source does not say or where the
 * groups have no end, because half a list would take roles away.
 */
export async function readGroups(
  directory: Directory,
  config: LdapConfig,
  person: GroupMember,
): Promise<string[] | null> {
  const groups =
    config.groups.mode === "search"
      ? await searchGroups(directory, config, person)
      : await followAttribute(directory, config, person.entry);
  return groups === null ? null : [...new Set(groups.map((group) => group.key))];
}

/** What a group entry is called in mappings, or null where it lacks the attribute. */
export function readGroup(entry: Entry, keyAttribute: string): LdapGroup | null {
  const key = isWholeName(keyAttribute) ? entry.dn : textValues(entry, keyAttribute)[0];
  if (!key) return null;
  const [displayName = key] = [...textValues(entry, "displayName"), ...textValues(entry, "cn")];
  return { dn: entry.dn, key, displayName };
}

/** The attributes of a group that are read. */
export function groupAttributes(config: LdapConfig): string[] {
  return [config.groups.keyAttribute, "displayName", "cn"];
}

async function searchGroups(
  directory: Directory,
  config: LdapConfig,
  person: GroupMember,
): Promise<LdapGroup[] | null> {
  const found = new Map<string, LdapGroup>();
  let members = [{ dn: person.dn, username: person.username }];
  for (let depth = 0; members.length > 0; depth++) {
    if (depth > depthMax) return null;
    const groups = await groupsNaming(directory, config, members);
    if (groups === null) return null;
    const fresh = groups.filter((group) => !found.has(group.dn.toLowerCase()));
    for (const group of fresh) found.set(group.dn.toLowerCase(), group);
    if (found.size > groupsMax) return null;
    members = isFollowed(config) ? fresh.map(({ dn }) => ({ dn, username: dn })) : [];
  }
  return [...found.values()];
}

function isFollowed({ groups }: LdapConfig): boolean {
  return groups.nested && groups.filter.includes("{dn}");
}

/** Mappings may be written in whole DNs, which two groups of one name never share. */
function isWholeName(keyAttribute: string): boolean {
  return keyAttribute.toLowerCase() === "dn";
}

async function groupsNaming(
  directory: Directory,
  config: LdapConfig,
  members: { dn: string; username: string }[],
): Promise<LdapGroup[] | null> {
  const groups: LdapGroup[] = [];
  for (let at = 0; at < members.length; at += namesPerSearch) {
    const filters = members
      .slice(at, at + namesPerSearch)
      .map((values) => fillFilter(config.groups.filter, values));
    const entries = await directory.search({
      baseDn: config.groups.baseDn,
      filter: new OrFilter({ filters }),
      attributes: groupAttributes(config),
      limit: groupsMax + 1,
    });
    if (entries.length > groupsMax) return null;
    groups.push(...entries.flatMap((entry) => readGroup(entry, config.groups.keyAttribute) ?? []));
  }
  return groups;
}

async function followAttribute(
  directory: Directory,
  config: LdapConfig,
  person: Entry,
): Promise<LdapGroup[] | null> {
  const { attribute, nested } = config.groups;
  const direct = textValues(person, attribute);
  if (direct.length === 0) return null;
  const seen = new Map(direct.map((dn) => [dn.toLowerCase(), dn]));
  let fresh = nested ? [...seen.values()] : [];
  for (let depth = 0; fresh.length > 0; depth++) {
    if (depth > depthMax) return null;
    const above: string[] = [];
    for (const dn of fresh) above.push(...(await groupsAbove(directory, dn, attribute)));
    fresh = [...new Set(above)].filter((dn) => !seen.has(dn.toLowerCase()));
    for (const dn of fresh) seen.set(dn.toLowerCase(), dn);
    if (seen.size > groupsMax) return null;
  }
  return groupsOfNames([...seen.values()], config);
}

/** Groups by what their DN calls them; with a base, those elsewhere do not count. */
export function groupsOfNames(names: string[], config: LdapConfig): LdapGroup[] {
  const { baseDn, keyAttribute } = config.groups;
  return names.flatMap((dn) => {
    if (baseDn !== "" && !isBelow(dn, baseDn)) return [];
    const isPlain = isWholeName(keyAttribute) || !dn.includes("=");
    const key = isPlain ? dn : valueInDn(dn, keyAttribute);
    return key ? [{ dn, key, displayName: key }] : [];
  });
}

async function groupsAbove(directory: Directory, dn: string, attribute: string): Promise<string[]> {
  try {
    const filter = new PresenceFilter({ attribute: "objectClass" });
    const found = await directory.search({
      baseDn: dn,
      scope: "base",
      filter,
      attributes: [attribute],
      limit: 1,
    });
    return found.flatMap((entry) => textValues(entry, attribute));
  } catch (error) {
    if (isNotThere(error)) return [];
    throw error;
  }
}

function isNotThere(error: unknown): boolean {
  return [32, 34, 50].includes(resultCode(error) ?? 0);
}
