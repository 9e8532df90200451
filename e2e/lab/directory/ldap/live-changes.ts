import type { Client } from "ldapts";
import { Attribute, Change, NoSuchObjectError } from "ldapts";
import type { People, Person } from "../people";
import type { Attributes } from "./entries";
import { groupDn, groupMembers, personAttributes, personDn } from "./entries";

/** Makes the running directory say what the people say. */
export async function copyPerson(client: Client, people: People, person: Person): Promise<void> {
  const { objectClass, ...attributes } = personAttributes(person);
  const dn = personDn(person);
  const created = { objectClass: objectClass ?? [], ...dropEmpty(attributes) };
  await replaceOrAdd(client, { dn, replaced: attributes, created });
  await copyGroups(client, people);
}

export async function removePerson(client: Client, people: People, person: Person): Promise<void> {
  await copyGroups(client, people);
  await client.del(personDn(person));
}

async function copyGroups(client: Client, people: People): Promise<void> {
  for (const name of people.groups().keys()) {
    const member = groupMembers(people, name);
    const created = { objectClass: ["groupOfNames"], cn: [name], member };
    await replaceOrAdd(client, { dn: groupDn(name), replaced: { member }, created });
  }
}

interface Wanted {
  dn: string;
  replaced: Attributes;
  created: Attributes;
}

async function replaceOrAdd(client: Client, { dn, replaced, created }: Wanted): Promise<void> {
  const changes = Object.entries(replaced).map(
    ([type, values]) => new Change({ operation: "replace", modification: new Attribute({ type, values }) }),
  );
  try {
    await client.modify(dn, changes);
  } catch (error) {
    if (!(error instanceof NoSuchObjectError)) throw error;
    await client.add(dn, created);
  }
}

function dropEmpty(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, values]) => values.length > 0));
}
