import { anonymousContext, readVisitor, requireAccess } from "@/app/_http/current-context";
import { problemResponse, toAppError } from "@/app/_http/problem";
import { readScreen } from "@/lib/requests/read-screen";
import type { ScreenPicture } from "@/lib/vms/thumbnail/schema";

/** A small picture of the machine's screen, five seconds old at most; nobody but this browser may keep it, and not for long. */
export async function GET(request: Request, path: { params: Promise<{ id: string }> }): Promise<Response> {
  const anonymous = anonymousContext(request.headers);
  try {
    const visitor = await readVisitor(anonymous, request.headers);
    requireAccess(visitor, "signed-in");
    const { id } = await path.params;
    const picture = await readScreen(visitor.ctx, id);
    return toResponse(picture, request.headers.get("if-none-match"), anonymous.requestId);
  } catch (error) {
    return problemResponse(toAppError(error, anonymous.requestId), anonymous.requestId);
  }
}

function toResponse(
  { png, hash, takenAt }: ScreenPicture,
  known: string | null,
  requestId: string,
): Response {
  const etag = `"${hash}"`;
  const headers = {
    etag,
    "cache-control": "private, no-store",
    "last-modified": takenAt.toUTCString(),
    "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-request-id": requestId,
  };
  if (known === etag) return new Response(null, { status: 304, headers });
  return new Response(png, { headers: { ...headers, "content-type": "image/png" } });
}
