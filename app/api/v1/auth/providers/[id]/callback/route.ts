import { anonymousContext, readVisitor } from "@/app/_http/current-context";
import { problemResponse, toAppError } from "@/app/_http/problem";
import { readFormFields } from "@/app/_http/read-body";
import { answerArrival, seeOther } from "@/app/_http/sign-in-answer";
import type { Context } from "@/lib/core/context";
import { finishSignIn } from "@/lib/identity/providers/sign-in/finish-sign-in";
import { receiveSamlResponse } from "@/lib/identity/providers/sign-in/receive-saml-response";
import { failurePath } from "@/lib/identity/providers/sign-in/rules";
import { readCookie } from "@/lib/identity/rules";

interface Path {
  params: Promise<{ id: string }>;
}

/** The browser comes back from a provider, with its cookies. */
export function GET(request: Request, path: Path): Promise<Response> {
  return answer(request, path, async (anonymous, providerId) => {
    const { ctx } = await readVisitor(anonymous, request.headers);
    const cookies = request.headers.get("cookie");
    const { search } = new URL(request.url);
    const arrival = { providerId, search, readCookie: (name: string) => readCookie(cookies, name) };
    return answerArrival(await finishSignIn(ctx, arrival));
  });
}

/** SAML's form comes from the other site, without cookies; the browser fetches its sign-in by a GET of its own. */
export function POST(request: Request, path: Path): Promise<Response> {
  return answer(request, path, async (ctx, providerId) => {
    const [response, relayState] = await readFormFields(request, ["SAMLResponse", "RelayState"]);
    const posted = { providerId, response: response ?? "", relayState: relayState ?? "" };
    const received = await receiveSamlResponse(ctx, posted);
    if (received.kind === "refused") return seeOther(failurePath(received.code, "/"));
    return seeOther(
      `/api/v1/auth/providers/${providerId}/callback?state=${encodeURIComponent(received.state)}`,
    );
  });
}

async function answer(
  request: Request,
  path: Path,
  work: (ctx: Context, providerId: string) => Promise<Response>,
): Promise<Response> {
  const ctx = anonymousContext(request.headers);
  try {
    return await work(ctx, (await path.params).id);
  } catch (error) {
    return problemResponse(toAppError(error, ctx.requestId), ctx.requestId);
  }
}
