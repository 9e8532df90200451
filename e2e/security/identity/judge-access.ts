import type { Access } from "@/app/_http/current-context";
import { resourceRoles, type Permission, type ResourceRole } from "@/lib/vocabulary/permissions";
import type { SignInStep } from "@/lib/vocabulary/sign-in-steps";
import type { Identity } from "./doors/identity";
import type { Method } from "./doors/list-doors";
import type { Expectation } from "./expectations/expectation";

/** Which unfinished sign-ins each access lets through. */
const stepsAdmitted: Record<Access, readonly SignInStep[]> = {
  anyone: ["verify_mfa", "change_password", "enroll_mfa"],
  "signing-in": ["verify_mfa", "change_password", "enroll_mfa"],
  "before-password-change": ["change_password", "enroll_mfa"],
  "before-mfa-enrollment": ["enroll_mfa"],
  "signed-in": [],
};

/** Whether the route's expectation lets this identity through. */
export function mayPass(identity: Identity, method: Method, expected: Expectation): boolean {
  if (expected.kind === "anyone") return true;
  if (!identity.isLive) return false;
  const access = expected.kind === "self" ? (expected.access ?? "signed-in") : "signed-in";
  if (identity.pendingStep !== null && !stepsAdmitted[access].includes(identity.pendingStep)) return false;
  if (identity.isViewing && method !== "GET" && !(expected.kind === "self" && expected.inView)) return false;
  if ("session" in expected && identity.isToken) return false;
  return isEntitled(identity, expected);
}

/** Whether a list may show the furniture's rows to this identity. */
export function maySee(identity: Identity, expected: Expectation & { kind: "list" }): boolean {
  if (expected.owners && identity.role === "owner" && identity.isViewing) return true;
  return (
    holds(identity, { anyOf: expected.anyOf, on: "system", role: expected.role }) ||
    hasOtherWay(identity, expected)
  );
}

function isEntitled(identity: Identity, expected: Exclude<Expectation, { kind: "anyone" }>): boolean {
  switch (expected.kind) {
    case "self":
      return (
        expected.carried === undefined || !identity.isToken || identity.permissions.includes(expected.carried)
      );
    case "own":
      return false;
    case "list":
      return true;
    case "permission":
      if (expected.owners && identity.role === "owner" && identity.isViewing) return true;
      return (
        (holds(identity, expected) || hasOtherWay(identity, expected)) &&
        (!expected.fresh || identity.isFresh)
      );
  }
}

function hasOtherWay(identity: Identity, { or }: Expectation & { kind: "list" | "permission" }): boolean {
  return or !== undefined && holds(identity, { anyOf: [or.permission], on: "system", role: or.role });
}

interface Asked {
  anyOf: readonly Permission[];
  on: "everywhere" | "system" | "anywhere";
  role?: ResourceRole | undefined;
}

function holds({ permissions, reach, role }: Identity, asked: Asked): boolean {
  if (permissions.includes("platform:admin") && reach === "everywhere") return true;
  const reaches = {
    everywhere: ["everywhere"],
    system: ["everywhere", "here"],
    anywhere: ["everywhere", "here", "elsewhere"],
  };
  if (!reaches[asked.on].includes(reach)) return false;
  if (!asked.anyOf.some((permission) => permissions.includes(permission))) return false;
  if (asked.role === undefined) return true;
  return role !== null && resourceRoles.indexOf(role) <= resourceRoles.indexOf(asked.role);
}
