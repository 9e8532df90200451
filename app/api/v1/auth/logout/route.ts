import { defineRoute } from "@/app/_http/define-route";
import { clearSessionCookie } from "@/app/_http/session-cookie";
import { signOut } from "@/lib/identity/sign-out";

export const POST = defineRoute({
  summary: "Sign out",
  access: "before-password-change",
  useCase: (ctx) => signOut(ctx),
  headers: () => ({ "Set-Cookie": clearSessionCookie() }),
});
