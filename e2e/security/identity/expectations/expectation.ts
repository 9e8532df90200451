import type { Access } from "@/app/_http/current-context";
import type { Permission, ResourceRole } from "@/lib/vocabulary/permissions";

/** Another way in: a permission on the furniture's System, with at least the role there. */
interface Alternative {
  permission: Permission;
  role: ResourceRole;
}

/** Who may pass a route's method; whoever it does not name is refused. */
export type Expectation =
  | { kind: "anyone" }
  /** Whoever is signed in, about themselves; `session` refuses tokens, `carried` asks that a token carries something. */
  | { kind: "self"; access?: Access; session?: true; inView?: true; carried?: Permission }
  /** Rows of one person: for anybody else they do not exist. */
  | { kind: "own"; session?: true }
  /** A list that shows nothing to whoever lacks one of the permissions, in some System or everywhere. */
  | { kind: "list"; anyOf: Permission[]; role?: ResourceRole; owners?: true; or?: Alternative }
  /** One of the permissions, everywhere or on the furniture's System, with at least the role there. */
  | {
      kind: "permission";
      anyOf: Permission[];
      on: "everywhere" | "system" | "anywhere";
      role?: ResourceRole;
      fresh?: true;
      session?: true;
      /** Whoever asked passes too. */
      owners?: true;
      or?: Alternative;
      /** The contract names no permission, because another rule comes first. */
      isUnnoted?: true;
      /** What the one who passes needs beside it, because of what this request is about. */
      beside?: Permission[];
    };

export const anyone = { kind: "anyone" } as const;
export const self = { kind: "self" } as const;
export const own = { kind: "own" } as const;
export const everywhere = (...anyOf: Permission[]): Expectation => ({
  kind: "permission",
  anyOf,
  on: "everywhere",
});
export const freshly = (...anyOf: Permission[]): Expectation => ({
  kind: "permission",
  anyOf,
  on: "everywhere",
  fresh: true,
});
export const onSystem = (permission: Permission, role?: ResourceRole): Expectation => ({
  kind: "permission",
  anyOf: [permission],
  on: "system",
  ...(role ? { role } : {}),
});
export const desk = (...anyOf: Permission[]): Expectation => ({ kind: "permission", anyOf, on: "system" });
export const asked: Expectation = {
  kind: "permission",
  anyOf: ["ticket:view", "builtin_approval:view"],
  on: "system",
  owners: true,
};
export const list = (permission: Permission, role?: ResourceRole): Expectation => ({
  kind: "list",
  anyOf: [permission],
  ...(role ? { role } : {}),
});
/** Whoever keeps a System watches over its consoles. */
export const keeper: Alternative = { permission: "vnc:access", role: "admin" };
export const configure: Permission = "auth_provider:configure";
export const sync: Permission = "auth_provider:sync";
export const providers: Permission = "auth_provider:read";
