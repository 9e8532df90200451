import type { UserDetail } from "@/lib/identity/schema";

/** Which of the keys of "accounts.refused" says why; null where nothing refuses. */
export type Refusal = "self" | "ownPassword" | "external" | "administrator" | "disabled" | "platform" | null;

export interface Reader {
  isPlatformAdministrator: boolean;
}

/** Why the reader may not change how somebody signs in. */
export function refusalToManage(user: UserDetail, reader: Reader): Refusal {
  return user.isPlatformAdministrator && !reader.isPlatformAdministrator ? "administrator" : null;
}

export function refusalToEdit(user: UserDetail, reader: Reader): Refusal {
  return refusalToManage(user, reader) ?? (isKeptHere(user) ? null : "external");
}

/** Resetting one's own would end the very session that is shown the link. */
export function refusalToReset(user: UserDetail, reader: Reader): Refusal {
  if (user.isSelf) return "ownPassword";
  return refusalToEdit(user, reader) ?? (user.enabled ? null : "disabled");
}

export function refusalToDisable(user: UserDetail, reader: Reader): Refusal {
  return user.isSelf ? "self" : refusalToManage(user, reader);
}

export function refusalToViewAs(user: UserDetail, reader: Reader): Refusal {
  if (!reader.isPlatformAdministrator) return "platform";
  if (user.isSelf) return "self";
  return user.enabled ? null : "disabled";
}

function isKeptHere({ authType }: UserDetail): boolean {
  return authType === "local" || authType === "service";
}
