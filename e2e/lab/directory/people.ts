/** Somebody the three servers know; `groups` are the ones that list the person directly. */
export interface Person {
  id: string;
  username: string;
  password: string;
  displayName: string;
  email: string | null;
  groups: string[];
  isEnabled: boolean;
  /** False: OIDC and SAML leave the groups claim out. LDAP has no such thing as a claim. */
  saysGroups: boolean;
}

export interface PersonChange {
  displayName?: string | undefined;
  email?: string | null | undefined;
  password?: string | undefined;
  /** Null leaves the claim out and the memberships as they are. */
  groups?: string[] | null | undefined;
  enabled?: boolean | undefined;
}

type Listener = (person: Person) => Promise<void>;

export interface People {
  list(): Person[];
  find(username: string): Person | undefined;
  findById(id: string): Person | undefined;
  /** The person, where the password is right and the account enabled. */
  authenticate(username: string, password: string): Person | undefined;
  /** Every group somebody is in, by way of other groups too. */
  groupsOf(person: Person): string[];
  /** Each group with the groups it stands in. */
  groups(): Map<string, string[]>;
  /** Changes somebody or adds somebody new, and waits until all servers know. */
  change(username: string, change: PersonChange): Promise<Person>;
  remove(username: string): Promise<boolean>;
  onChange(listener: Listener): void;
  onRemove(listener: Listener): void;
}

type Draft = Pick<Person, "id" | "username" | "displayName" | "email" | "groups">;

/** Names with what escaping must survive: quotes, parentheses, a comma, a backslash, markup and letters beyond ASCII. */
export const demoPeople: Draft[] = [
  draft(1, "olivia", "Olivia Müller-Ångström", ["engineering", "shop-developers"]),
  draft(2, "peter", `Peter "Pete" O'Hara`, ["approvers"]),
  draft(3, "quinn", "Quinn (Guest) Adler", []),
  draft(4, "rita", "Rita <b>Sørensen</b> & Sons", ["contractors"]),
  draft(5, "sam", "Sam Żółkiewski", ["on-call"]),
  { ...draft(6, "tina", "Tina Teodorescu", ["team-a"]), email: null },
  draft(7, "joerg", `Jörg "Jo" Schäfer, (Ops) \\ *`, ["circle-one"]),
];

/** The two circles contain each other. */
const demoGroups: [string, string[]][] = [
  ["engineering", []],
  ["shop-developers", []],
  ["approvers", []],
  ["contractors", []],
  ["platform-admins", []],
  ["on-call", ["platform-admins"]],
  ["team-a", ["engineering"]],
  ["circle-one", ["circle-two"]],
  ["circle-two", ["circle-one"]],
];

function draft(number: number, username: string, displayName: string, groups: string[]): Draft {
  const id = `5a1f0c3e-7d42-4b8a-9e60-${String(number).padStart(12, "0")}`;
  return { id, username, displayName, email: `${username}@directory.test`, groups };
}

export function gatherPeople(passwordOf: (username: string) => string): People {
  const people = new Map<string, Person>();
  const groups = new Map(demoGroups);
  const changed: Listener[] = [];
  const removed: Listener[] = [];
  for (const one of demoPeople) people.set(one.username, complete(one, passwordOf(one.username)));
  return {
    list: () => [...people.values()],
    find: (username) => people.get(username),
    findById: (id) => [...people.values()].find((person) => person.id === id),
    authenticate: (username, password) => {
      const person = people.get(username);
      return person?.isEnabled && person.password === password ? person : undefined;
    },
    groupsOf: (person) => withParents(groups, person.groups),
    groups: () => groups,
    change: async (username, change) => {
      const known = people.get(username) ?? newPerson(username, passwordOf(username));
      const person = applyChange(known, change);
      people.set(username, person);
      for (const name of person.groups) if (!groups.has(name)) groups.set(name, []);
      for (const listener of changed) await listener(person);
      return person;
    },
    remove: async (username) => {
      const person = people.get(username);
      if (!person) return false;
      people.delete(username);
      for (const listener of removed) await listener(person);
      return true;
    },
    onChange: (listener) => void changed.push(listener),
    onRemove: (listener) => void removed.push(listener),
  };
}

function complete(one: Draft, password: string): Person {
  return { ...one, password, isEnabled: true, saysGroups: true };
}

function newPerson(username: string, password: string): Person {
  const email = `${username}@directory.test`;
  return complete({ id: crypto.randomUUID(), username, displayName: username, email, groups: [] }, password);
}

function applyChange(person: Person, change: PersonChange): Person {
  return {
    ...person,
    displayName: change.displayName ?? person.displayName,
    email: change.email === undefined ? person.email : change.email,
    password: change.password ?? person.password,
    groups: change.groups ?? person.groups,
    saysGroups: change.groups === undefined ? person.saysGroups : change.groups !== null,
    isEnabled: change.enabled ?? person.isEnabled,
  };
}

function withParents(groups: Map<string, string[]>, direct: string[]): string[] {
  const found = new Set(direct);
  for (const name of found) for (const parent of groups.get(name) ?? []) found.add(parent);
  return [...found].sort();
}
