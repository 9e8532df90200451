import { usernameFrom, cohortTexts, type ExternalPerson } from "../people/rules";
import type { DirectoryConflict, DirectoryRow } from "./schema";

/** An account that could have to do with somebody in the directory. */
export interface KnownAccount {
  id: string;
  username: string;
  email: string | null;
  authProviderId: string | null;
  externalId: string | null;
}

/**
 * What an import would do with each: people are joined by the directory's own id and by nothing else, so that whoever
 * only shares a name or an address with an account is stopped and never linked to it (spec §5.3).
 */
export function classifyPeople(
  providerId: string,
  people: readonly ExternalPerson[],
  accounts: readonly KnownAccount[],
): DirectoryRow[] {
  const own = new Set(
    accounts.flatMap((one) => (one.authProviderId === providerId ? (one.externalId ?? []) : [])),
  );
  const ids = countBy(people, (person) => person.externalId);
  const names = countBy(
    people.filter((person) => !own.has(person.externalId)),
    (person) => usernameFrom(person.username),
  );
  return people.map((person) => {
    if ((ids.get(person.externalId) ?? 0) > 1) return rowOf(person, "same_external_identity");
    if (own.has(person.externalId)) return rowOf(person, null, "update");
    if ((names.get(usernameFrom(person.username)) ?? 0) > 1) return rowOf(person, "same_canonical_identity");
    return rowOf(person, conflictWith(person, accounts));
  });
}

function conflictWith(person: ExternalPerson, accounts: readonly KnownAccount[]): DirectoryConflict | null {
  const byName = accounts.find(({ username }) => username === usernameFrom(person.username));
  const byEmail = accounts.find(({ email }) => email !== null && email.toLowerCase() === person.email);
  if (byName !== undefined && byEmail !== undefined && byName.id !== byEmail.id)
    return "ambiguous_existing_user";
  if (byName !== undefined) return "username_conflict";
  return byEmail === undefined ? null : "email_conflict";
}

function rowOf(
  person: ExternalPerson,
  conflict: DirectoryConflict | null,
  outcome: "create" | "update" = "create",
): DirectoryRow {
  const { externalId, displayName, email } = person;
  return {
    ...{ externalId, displayName, email, conflict },
    username: usernameFrom(person.username),
    cohorts: person.cohorts === null ? null : cohortTexts(person.cohorts),
    outcome: conflict === null ? outcome : "blocked",
  };
}

export function countOutcomes(rows: readonly DirectoryRow[]): {
  create: number;
  update: number;
  blocked: number;
} {
  const counts = countBy(rows, ({ outcome }) => outcome);
  return {
    create: counts.get("create") ?? 0,
    update: counts.get("update") ?? 0,
    blocked: counts.get("blocked") ?? 0,
  };
}

function countBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  return counts;
}

const goneAlways = 5;

/** When half of those we know are gone at once, the settings are wrong rather than the people. */
export function isImplausiblyMany(gone: number, known: number): boolean {
  return gone > goneAlways && gone * 2 > known;
}
