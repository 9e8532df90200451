import type { People, Person } from "../people";
import { demoPeople } from "../people";

export const baseDn = "dc=directory,dc=test";
export const peopleDn = `ou=people,${baseDn}`;
export const groupsDn = `ou=groups,${baseDn}`;
export const rootDn = `cn=root,${baseDn}`;
export const readerDn = `cn=reader,ou=programs,${baseDn}`;

// A group must have a member, and an empty one is still a group.
export const placeholderDn = `cn=nobody,${baseDn}`;

export type Attributes = Record<string, string[]>;

export interface Entry {
  dn: string;
  attributes: Attributes;
}

/** Some are filed by their first whole name, as many directories do: such a DN needs escaping in filters. */
const filedByName = new Map(
  demoPeople
    .filter((one) => /["(),<>\\]/.test(one.displayName))
    .map((one) => [one.username, one.displayName]),
);

export function personDn({ username }: Person): string {
  const name = filedByName.get(username);
  const rdn = name === undefined ? `uid=${escapeRdn(username)}` : `cn=${escapeRdn(name)}`;
  return `${rdn},${peopleDn}`;
}

export function groupDn(name: string): string {
  return `cn=${escapeRdn(name)},${groupsDn}`;
}

/** RFC 4514. */
function escapeRdn(value: string): string {
  return value
    .replace(/[\\,+"<>;=]/g, (letter) => `\\${letter}`)
    .replace(/^[ #]| $/g, (letter) => `\\${letter}`);
}

export function personAttributes(person: Person): Attributes {
  const { username, displayName, email } = person;
  return {
    objectClass: ["inetOrgPerson"],
    uid: [username],
    cn: [...new Set([filedByName.get(username) ?? displayName, displayName])],
    sn: [displayName.split(" ").at(-1) ?? displayName],
    displayName: [displayName],
    mail: email === null ? [] : [email],
    employeeType: [person.isEnabled ? "active" : "disabled"],
    userPassword: person.isEnabled ? [person.password] : [],
  };
}

export function groupMembers(people: People, name: string): string[] {
  const direct = people.list().filter((person) => person.groups.includes(name));
  const inner = [...people.groups()].flatMap(([inside, parents]) => (parents.includes(name) ? [inside] : []));
  return [...direct.map(personDn), ...inner.map(groupDn), placeholderDn];
}

/** Everything there is at the start. */
export function firstEntries(people: People, readerPassword: string): Entry[] {
  const unit = (name: string) => ({
    dn: `ou=${name},${baseDn}`,
    attributes: { objectClass: ["organizationalUnit"], ou: [name] },
  });
  return [
    {
      dn: baseDn,
      attributes: { objectClass: ["dcObject", "organization"], dc: ["directory"], o: ["Directory lab"] },
    },
    ...["people", "groups", "programs"].map(unit),
    {
      dn: readerDn,
      attributes: {
        objectClass: ["organizationalRole", "simpleSecurityObject"],
        cn: ["reader"],
        userPassword: [readerPassword],
      },
    },
    ...people.list().map((person) => firstPerson(people, person)),
    ...[...people.groups().keys()].map((name) => firstGroup(people, name)),
  ];
}

// The overlay keeps memberOf only for changes that it sees, and a bulk load passes it by.
function firstPerson(people: People, person: Person): Entry {
  const memberOf = person.groups.map(groupDn);
  const attributes = { ...personAttributes(person), entryUUID: [person.id], memberOf };
  return { dn: personDn(person), attributes };
}

function firstGroup(people: People, name: string): Entry {
  const member = groupMembers(people, name);
  const memberOf = (people.groups().get(name) ?? []).map(groupDn);
  return { dn: groupDn(name), attributes: { objectClass: ["groupOfNames"], cn: [name], member, memberOf } };
}

/** LDIF with every value in base64, which spares all questions of escaping. */
export function writeLdif(entries: Entry[]): string {
  const line = (name: string, value: string) => `${name}:: ${Buffer.from(value).toString("base64")}`;
  return entries
    .map(({ dn, attributes }) => {
      const written = Object.entries(attributes).flatMap(([name, values]) =>
        values.map((value) => line(name, value)),
      );
      return `${[line("dn", dn), ...written].join("\n")}\n`;
    })
    .join("\n");
}
