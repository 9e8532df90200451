import { anonymousContext } from "@/app/_http/current-context";
import { toAppError } from "@/app/_http/problem";
import { readFormFields } from "@/app/_http/read-body";
import { receiveLogout } from "@/lib/identity/providers/sign-in/receive-logout";

/** OpenID Connect Back-Channel Logout 1.0: 200 when the sessions are ended, 400 when the token is not believed. */
export async function POST(request: Request, path: { params: Promise<{ id: string }> }): Promise<Response> {
  const ctx = anonymousContext(request.headers);
  const headers = { "cache-control": "no-store", "x-request-id": ctx.requestId };
  try {
    const [logoutToken] = await readFormFields(request, ["logout_token"]);
    await receiveLogout(ctx, { providerId: (await path.params).id, logoutToken: logoutToken ?? "" });
    return new Response(null, { status: 200, headers });
  } catch (error) {
    const { status } = toAppError(error, ctx.requestId);
    if (status >= 500) return new Response(null, { status: 503, headers });
    return Response.json({ error: "invalid_request" }, { status: 400, headers });
  }
}
