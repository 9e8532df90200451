import { expect, test } from "vitest";
import { initialRole, roleOffers } from "./role-offers";

const soon = new Date("2026-05-04T00:00:00Z");
const open = (...held: Parameters<typeof roleOffers>) =>
  roleOffers(...held).flatMap(({ role, isHeld }) => (isHeld ? [] : [role]));

test("what one has without an end is not offered, nor what is less", () => {
  expect(open({ heldRole: null, heldUntil: null })).toEqual(["viewer", "member", "admin"]);
  expect(open({ heldRole: "member", heldUntil: null })).toEqual(["admin"]);
  expect(open({ heldRole: "owner", heldUntil: null })).toEqual([]);
});

test("a role that ends can be asked for again, a lower one not", () => {
  expect(open({ heldRole: "member", heldUntil: soon })).toEqual(["member", "admin"]);
  expect(open({ heldRole: "owner", heldUntil: soon })).toEqual([]);
});

test("the form begins with what the link wished for, else with the weakest role", () => {
  const offers = roleOffers({ heldRole: "viewer", heldUntil: null });
  expect(initialRole(offers, "admin")).toBe("admin");
  expect(initialRole(offers, "viewer")).toBe("member");
  expect(initialRole(offers, "owner")).toBe("member");
  expect(initialRole(roleOffers({ heldRole: "owner", heldUntil: null }), "admin")).toBeUndefined();
});
