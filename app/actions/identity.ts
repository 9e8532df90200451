"use server";

import { cookies } from "next/headers";
import { z } from "zod";
import { defineAction } from "@/app/_http/define-action";
import { locales } from "@/components/messages/locales";
import type { Context } from "@/lib/core/context";
import { changePassword } from "@/lib/identity/change-password";
import { createServiceAccount } from "@/lib/identity/create-service-account";
import { createUser } from "@/lib/identity/create-user";
import { disableUser } from "@/lib/identity/disable-user";
import { enableUser } from "@/lib/identity/enable-user";
import { issueServiceToken, issueToken } from "@/lib/identity/issue-token";
import { resetPassword } from "@/lib/identity/reset-password";
import { revokeOtherSessions, revokeSession, revokeUserSession } from "@/lib/identity/revoke-session";
import { revokeToken, revokeUserToken } from "@/lib/identity/revoke-token";
import { sessionCookieName } from "@/lib/identity/rules";
import {
  changePasswordInput,
  createServiceAccountInput,
  createUserInput,
  revokeSessionInput,
  revokeUserSessionInput,
  startViewAsInput,
  updateUserInput,
  userInput,
} from "@/lib/identity/schema";
import { setPreference } from "@/lib/identity/set-preference";
import { signOut } from "@/lib/identity/sign-out";
import { startViewAs } from "@/lib/identity/start-view-as";
import { stopViewAs } from "@/lib/identity/stop-view-as";
import {
  issueServiceTokenInput,
  issueTokenInput,
  revokeTokenInput,
  revokeUserTokenInput,
} from "@/lib/identity/tokens/schema";
import { updateUser } from "@/lib/identity/update-user";

export const signOutAction = defineAction(z.strictObject({}), signOutAndForget, {
  access: "signing-in",
  inView: "allowed",
  redirectTo: ({ redirectUrl }) => redirectUrl ?? "/login?reason=signed_out",
});

export const changePasswordAction = defineAction(changePasswordInput, changePassword, {
  access: "before-password-change",
});

export const revokeSessionAction = defineAction(revokeSessionInput, revokeSession);
export const revokeOtherSessionsAction = defineAction(z.strictObject({}), revokeOtherSessions);
export const revokeUserSessionAction = defineAction(revokeUserSessionInput, revokeUserSession);

export const createUserAction = defineAction(createUserInput, createUser);
export const updateUserAction = defineAction(updateUserInput, updateUser);
export const disableUserAction = defineAction(userInput, disableUser);
export const enableUserAction = defineAction(userInput, enableUser);
export const resetPasswordAction = defineAction(userInput, resetPassword);

/** Beside the browser's own memory: what is sent by mail follows it. */
export const rememberLanguageAction = defineAction(
  z.strictObject({ locale: z.enum(locales) }),
  (ctx, { locale }) => setPreference(ctx, { key: "locale", value: locale }),
  { refreshes: false },
);

export const issueTokenAction = defineAction(issueTokenInput, issueToken);
export const revokeTokenAction = defineAction(revokeTokenInput, revokeToken);
export const revokeUserTokenAction = defineAction(revokeUserTokenInput, revokeUserToken);

export const createServiceAccountAction = defineAction(createServiceAccountInput, createServiceAccount);
export const issueServiceTokenAction = defineAction(issueServiceTokenInput, issueServiceToken);

/** The page it is sent from may be one that the other person never sees, so the browser loads another one anew. */
export const startViewAsAction = defineAction(startViewAsInput, startViewAs, { refreshes: false });
export const stopViewAsAction = defineAction(z.strictObject({}), stopViewAs, { inView: "allowed" });

async function signOutAndForget(ctx: Context): Promise<{ redirectUrl: string | null }> {
  const signedOut = await signOut(ctx);
  (await cookies()).delete(sessionCookieName);
  return signedOut;
}
