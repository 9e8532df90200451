import { AndFilter, EqualityFilter, PresenceFilter } from "ldapts";
import { expect, test } from "vitest";
import { hostileNames } from "@/e2e/security/identity/ldap/hostile-names";
import { anyValueFilter, escapeFilterValue, fillFilter, refusalOfFilter } from "./filters";
import { defaultGroupFilter, defaultUserFilter } from "./types";

test("there are names enough to try", () => expect(hostileNames.length).toBeGreaterThan(60));

test.each(hostileNames)("%j stays one value of one comparison", (name) => {
  const filter = fillFilter(defaultUserFilter, { username: name });
  expect(filter).toEqual(
    new AndFilter({
      filters: [
        new EqualityFilter({ attribute: "objectClass", value: "inetOrgPerson" }),
        new EqualityFilter({ attribute: "uid", value: name }),
      ],
    }),
  );
});

test("values are written as RFC 4515 says", () => {
  expect(escapeFilterValue("a(b)c*d\\e\u0000f")).toBe("a\\28b\\29c\\2ad\\5ce\\00f");
  expect(escapeFilterValue("Jörg Żółć")).toBe("Jörg Żółć");
});

test("a DN with every odd character stays one value", () => {
  const dn = 'cn=Jörg \\"Jo\\" Schäfer\\, (Ops) \\\\ *,ou=people,dc=test';
  expect(fillFilter(defaultGroupFilter, { dn })).toEqual(
    new EqualityFilter({ attribute: "member", value: dn }),
  );
});

test("a value that looks like a placeholder is not filled again", () => {
  const filter = fillFilter("(|(a={dn})(b={username}))", { dn: "{username}", username: "{dn}" });
  expect(filter.toString()).toBe("(|(a={username})(b={dn}))");
});

test("everybody means whoever has a value", () => {
  expect(anyValueFilter("(uid={username})", ["username"])).toEqual(new PresenceFilter({ attribute: "uid" }));
});

test.each([
  ["(uid={username})", null],
  ["(|(uid={username})(mail={username}))", null],
  ["(mail={username}@example.org)", null],
  ["(uid=olivia)", "placeholder-missing"],
  ["", "syntax"],
  ["uid={username}", "syntax"],
  ["(uid={username}", "syntax"],
  ["(uid={username}))", "syntax"],
  ["(&(uid={username})", "syntax"],
  ["({username}=olivia)", "placeholder-outside-value"],
  ["({username})", "placeholder-outside-value"],
  ["(&{username}(uid={username}))", "placeholder-outside-value"],
  [`(uid={username}${"x".repeat(2000)})`, "syntax"],
])("the template %j is judged %j", (template, refusal) => {
  expect(refusalOfFilter(template, ["username"])).toBe(refusal);
});

test("a group filter may name the person by DN or by name", () => {
  expect(refusalOfFilter(defaultGroupFilter, ["dn", "username"])).toBeNull();
  expect(refusalOfFilter("(memberUid={username})", ["dn", "username"])).toBeNull();
});
