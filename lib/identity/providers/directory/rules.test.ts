import { expect, test } from "vitest";
import type { ExternalPerson } from "../people/rules";
import { classifyPeople, countOutcomes, isImplausiblyMany, type KnownAccount } from "./rules";

const someone = (externalId: string, username: string, email: string | null = null): ExternalPerson => ({
  ...{ externalId, username, email },
  displayName: username,
  attributes: {},
  cohorts: null,
});
const account = (id: string, changes: Partial<KnownAccount>): KnownAccount => ({
  ...{ id, username: id, email: null, authProviderId: null, externalId: null },
  ...changes,
});
const judge = (people: ExternalPerson[], accounts: KnownAccount[] = []) =>
  classifyPeople("ldap", people, accounts).map(({ outcome, conflict }) => conflict ?? outcome);

test("new people are created, those of this directory are updated whatever they are called now", () => {
  const known = account("u1", { authProviderId: "ldap", externalId: "1", username: "old-name" });
  expect(judge([someone("1", "new-name"), someone("2", "other")], [known])).toEqual(["update", "create"]);
});

test("the same id of another provider is somebody else", () => {
  const known = account("u1", { authProviderId: "other", externalId: "1", username: "olivia" });
  expect(judge([someone("1", "olivia")], [known])).toEqual(["username_conflict"]);
});

test("two entries with one id, and two whose names come out the same, are stopped both", () => {
  expect(judge([someone("1", "a-a"), someone("1", "b-b"), someone("2", "c-c")])).toEqual([
    "same_external_identity",
    "same_external_identity",
    "create",
  ]);
  expect(judge([someone("1", "Müller"), someone("2", "muller")])).toEqual([
    "same_canonical_identity",
    "same_canonical_identity",
  ]);
});

test("a name, an address, or both of different people that are taken are told apart", () => {
  const byName = account("u1", { username: "olivia" });
  const byEmail = account("u2", { username: "other", email: "Olivia@x.test" });
  const olivia = someone("1", "olivia", "olivia@x.test");
  expect(judge([olivia], [byName])).toEqual(["username_conflict"]);
  expect(judge([olivia], [byEmail])).toEqual(["email_conflict"]);
  expect(judge([olivia], [byName, byEmail])).toEqual(["ambiguous_existing_user"]);
});

test("outcomes are counted, and half of all gone at once is not believed", () => {
  const rows = classifyPeople(
    "ldap",
    [someone("1", "a-a"), someone("2", "b-b")],
    [account("u", { username: "a-a" })],
  );
  expect(countOutcomes(rows)).toEqual({ create: 1, update: 0, blocked: 1 });
  expect([isImplausiblyMany(5, 5), isImplausiblyMany(6, 12), isImplausiblyMany(6, 11)]).toEqual([
    false,
    false,
    true,
  ]);
});
