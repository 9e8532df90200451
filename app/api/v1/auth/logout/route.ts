import { defineRoute } from "@/app/_http/define-route";
import { clearSessionCookie } from "@/app/_http/session-cookie";
import { signedOut } from "@/lib/identity/providers/sign-in/schema";
import { signOut } from "@/lib/identity/sign-out";

export const POST = defineRoute({
  summary: "Sign out",
  description:
    "Where the session was begun through an OpenID provider, `redirect_url` is where a browser goes to end it there too.",
  access: "signing-in",
  inView: "allowed",
  output: signedOut,
  useCase: (ctx) => signOut(ctx),
  headers: () => ({ "Set-Cookie": clearSessionCookie() }),
});
