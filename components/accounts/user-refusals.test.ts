import { describe, expect, test } from "vitest";
import type { UserDetail } from "@/lib/identity/schema";
import { refusalToDisable, refusalToEdit, refusalToReset, refusalToViewAs } from "./user-refusals";

const manager = { isPlatformAdministrator: false };
const administrator = { isPlatformAdministrator: true };

describe("why an account cannot be changed", () => {
  test("a local account that is nobody's own refuses nothing to an administrator", () => {
    const user = anAccount({});
    expect(refusalToEdit(user, administrator)).toBeNull();
    expect(refusalToReset(user, administrator)).toBeNull();
    expect(refusalToDisable(user, administrator)).toBeNull();
    expect(refusalToViewAs(user, administrator)).toBeNull();
  });

  test("nobody below a platform administrator touches one", () => {
    const user = anAccount({ isPlatformAdministrator: true });
    expect(refusalToEdit(user, manager)).toBe("administrator");
    expect(refusalToReset(user, manager)).toBe("administrator");
    expect(refusalToDisable(user, manager)).toBe("administrator");
  });

  test("what a provider keeps is changed there", () => {
    const user = anAccount({ authType: "oidc", providerName: "Contoso" });
    expect(refusalToEdit(user, administrator)).toBe("external");
    expect(refusalToReset(user, administrator)).toBe("external");
    expect(refusalToDisable(user, administrator)).toBeNull();
  });

  test("nobody disables or views as themselves, and looking as somebody takes a platform administrator", () => {
    expect(refusalToDisable(anAccount({ isSelf: true }), administrator)).toBe("self");
    expect(refusalToViewAs(anAccount({ isSelf: true }), administrator)).toBe("self");
    expect(refusalToViewAs(anAccount({}), manager)).toBe("platform");
  });

  test("one's own password is changed, not reset", () => {
    expect(refusalToReset(anAccount({ isSelf: true }), administrator)).toBe("ownPassword");
  });

  test("a disabled account has no password to reset and nothing to look at", () => {
    const user = anAccount({ enabled: false });
    expect(refusalToReset(user, administrator)).toBe("disabled");
    expect(refusalToViewAs(user, administrator)).toBe("disabled");
  });
});

function anAccount(over: Partial<UserDetail>): UserDetail {
  return {
    id: "user",
    username: "vera",
    displayName: "Vera Lind",
    email: null,
    authType: "local",
    providerName: null,
    enabled: true,
    hasSecondFactor: false,
    lastLoginAt: null,
    createdAt: new Date(0),
    roles: [],
    mustChangePassword: false,
    disabledAt: null,
    createdBy: null,
    isPlatformAdministrator: false,
    isSelf: false,
    bindingCount: 0,
    systemCount: 0,
    sessionCount: 0,
    tokenCount: 0,
    factors: [],
    openLinkUntil: null,
    ...over,
  };
}
