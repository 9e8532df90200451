import NextAuth from "next-auth";
import { anonymousContext, readVisitor } from "@/app/_http/current-context";
import { problemResponse, toAppError } from "@/app/_http/problem";
import { signInOptions } from "@/app/_http/sign-in-options";

interface Path {
  params: Promise<{ nextauth: string[] }>;
}

async function handle(request: Request, path: Path): Promise<Response> {
  const anonymous = anonymousContext(request.headers);
  try {
    const { ctx } = await readVisitor(anonymous, request.headers);
    // next-auth is not typed for route handlers; it tells them by the path's parameters.
    return (await NextAuth(request as never, path as never, await signInOptions(ctx))) as Response;
  } catch (error) {
    return problemResponse(toAppError(error, anonymous.requestId), anonymous.requestId);
  }
}

export { handle as GET, handle as POST };
