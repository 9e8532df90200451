import type { Filter } from "ldapts";
import { anyValueFilter } from "./filters";
import { everybody } from "./people";
import { groupAttributes, groupsOfNames, readGroup } from "./read-groups";
import { textValues } from "./read-entry";
import { withDirectory, type Directory } from "./session";
import type { LdapConfig, LdapGroup } from "./types";

const surveyMax = 1000;

/** How many people and groups the settings reach, counted up to a thousand. */
export function testLdapConnection(config: LdapConfig): Promise<{ people: number; groups: number }> {
  return withDirectory(config, async (directory) => {
    const people = await directory.search({
      baseDn: config.baseDn,
      filter: everybody(config),
      attributes: ["1.1"],
      limit: surveyMax,
    });
    const groups = await findGroups(directory, config);
    return { people: people.length, groups: groups.length };
  });
}

/** The groups that mappings can be written for. */
export function listLdapGroups(config: LdapConfig): Promise<LdapGroup[]> {
  return withDirectory(config, (directory) => findGroups(directory, config));
}

async function findGroups(directory: Directory, config: LdapConfig): Promise<LdapGroup[]> {
  const groups =
    config.groups.mode === "search"
      ? await groupsBelowBase(directory, config)
      : await groupsOfPeople(directory, config);
  return groups.toSorted((left, right) => left.key.localeCompare(right.key));
}

async function groupsBelowBase(directory: Directory, config: LdapConfig): Promise<LdapGroup[]> {
  const entries = await directory.search({
    baseDn: config.groups.baseDn,
    filter: anybodyIn(config),
    attributes: groupAttributes(config),
    limit: surveyMax,
  });
  return entries.flatMap((entry) => readGroup(entry, config.groups.keyAttribute) ?? []);
}

function anybodyIn(config: LdapConfig): Filter {
  return anyValueFilter(config.groups.filter, ["dn", "username"]);
}

async function groupsOfPeople(directory: Directory, config: LdapConfig): Promise<LdapGroup[]> {
  const people = await directory.search({
    baseDn: config.baseDn,
    filter: everybody(config),
    attributes: [config.groups.attribute],
    limit: surveyMax,
  });
  const names = new Set(people.flatMap((entry) => textValues(entry, config.groups.attribute)));
  return groupsOfNames([...names], config);
}
