import { z } from "zod";
import { anonymousContext } from "@/app/_http/current-context";
import { defineRoute } from "@/app/_http/define-route";
import { problemResponse, toAppError } from "@/app/_http/problem";
import { seeOther, setFlowCookie } from "@/app/_http/sign-in-answer";
import { failurePath } from "@/lib/identity/providers/sign-in/rules";
import { startedSignIn, startSignInInput } from "@/lib/identity/providers/sign-in/schema";
import { startSignIn } from "@/lib/identity/providers/sign-in/start-sign-in";
import { ownPath } from "@/lib/identity/rules";

export const POST = defineRoute({
  summary: "Begin a sign-in at a provider",
  description:
    "Answers where the browser goes, and a cookie that binds the sign-in to it for ten minutes. The same address by GET, with `return_to`, leads the browser there itself.",
  access: "anyone",
  params: z.strictObject({ id: z.string() }),
  body: startSignInInput.omit({ providerId: true }),
  output: startedSignIn,
  useCase: (ctx, { params, body }) => startSignIn(ctx, { ...body, providerId: params.id }),
  headers: ({ cookie }) => ({ "Set-Cookie": setFlowCookie(cookie) }),
});

/** A plain link, for a login page without scripts. */
export async function GET(request: Request, path: { params: Promise<{ id: string }> }): Promise<Response> {
  const ctx = anonymousContext(request.headers);
  const returnTo = new URL(request.url).searchParams.get("return_to") ?? undefined;
  try {
    const started = await startSignIn(ctx, { providerId: (await path.params).id, returnTo });
    return seeOther(started.redirectUrl, [setFlowCookie(started.cookie)]);
  } catch (error) {
    const refused = toAppError(error, ctx.requestId);
    const isSaid = ["SIGN_IN_REFUSED", "PROVIDER_UNAVAILABLE"].includes(refused.code);
    if (!isSaid) return problemResponse(refused, ctx.requestId);
    return seeOther(failurePath(refused.code, ownPath(returnTo)));
  }
}
