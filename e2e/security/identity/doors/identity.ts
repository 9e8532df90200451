import { builtInRoles } from "@/lib/vocabulary/built-in-roles";
import { permissions, type Permission, type ResourceRole } from "@/lib/vocabulary/permissions";
import type { SignInStep } from "@/lib/vocabulary/sign-in-steps";

/** Somebody, or something, that sends requests, and what they may do. */
export interface Identity {
  name: string;
  headers: Record<string, string>;
  /** Whether anybody stands behind it at all. */
  isLive: boolean;
  pendingStep: SignInStep | null;
  permissions: readonly Permission[];
  /** Whether the permissions count everywhere, in the furniture's System, or in another one. */
  reach: "everywhere" | "here" | "elsewhere";
  role: ResourceRole | null;
  isFresh: boolean;
  isToken: boolean;
  isViewing: boolean;
}

export const plain = {
  isLive: true,
  pendingStep: null,
  permissions: [] as readonly Permission[],
  reach: "everywhere",
  role: null,
  isFresh: false,
  isToken: false,
  isViewing: false,
} as const;
export const dead = { ...plain, isLive: false };
export const everything: readonly Permission[] = ["platform:admin"];
export const allButAdmin = permissions.filter((permission) => permission !== "platform:admin");

export function ofRole(id: string): readonly Permission[] {
  return builtInRoles.find((role) => role.id === id)?.permissions ?? [];
}
