import { expect, test } from "vitest";
import { instanceNumber, isReservedName, namePattern, vmName } from "./names";

test.for(["a", "web", "web-1", "a1-b2", "x9"])("%s is a name", (name) => {
  expect(namePattern.test(name)).toBe(true);
});

test.for(["", "1web", "-web", "web-", "we--b", "Web", "we_b", "wéb", "web.", "web ", "web\n", "we\u0000b"])(
  "%j is no name",
  (name) => {
    expect(namePattern.test(name)).toBe(false);
  },
);

test("listed names and names of the platform's own are reserved", () => {
  const reserved = ["default", "kubevirt"];
  const names = ["default", "kubevirt", "kube-system", "kubevirt-shepherd-x", "defaults", "my-kube-x"];
  expect(names.filter((name) => isReservedName(name, reserved))).toEqual(names.slice(0, 4));
});

test("a machine's name says where it belongs, with at least two digits", () => {
  expect(vmName({ namespace: "shop", system: "cart", service: "web", index: 7 })).toBe("shop-cart-web-07");
  expect(instanceNumber(123)).toBe("123");
});

test("fifty characters are a name and fifty-one are refused", () => {
  const parts = { namespace: "n".repeat(15), system: "s".repeat(15), index: 1 };
  expect(vmName({ ...parts, service: "w".repeat(15) })).toHaveLength(50);
  expect(() => vmName({ ...parts, service: "w".repeat(16) })).toThrowError(
    expect.objectContaining({ code: "VM_NAME_TOO_LONG" }),
  );
});
