"use server";

import { cookies } from "next/headers";
import { z } from "zod";
import { defineAction } from "@/app/_http/define-action";
import type { Context } from "@/lib/core/context";
import { changePassword } from "@/lib/identity/change-password";
import { revokeSession } from "@/lib/identity/revoke-session";
import { sessionCookieName } from "@/lib/identity/rules";
import { changePasswordInput, revokeSessionInput } from "@/lib/identity/schema";
import { signOut } from "@/lib/identity/sign-out";

export const signOutAction = defineAction(z.strictObject({}), signOutAndForget, {
  access: "before-password-change",
  redirectTo: () => "/login?reason=signed_out",
});

export const changePasswordAction = defineAction(changePasswordInput, changePassword, {
  access: "before-password-change",
});

export const revokeSessionAction = defineAction(revokeSessionInput, revokeSession);

async function signOutAndForget(ctx: Context): Promise<void> {
  await signOut(ctx);
  (await cookies()).delete(sessionCookieName);
}
