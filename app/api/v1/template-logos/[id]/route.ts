import { anonymousContext, readVisitor, requireAccess } from "@/app/_http/current-context";
import { problemResponse, toAppError } from "@/app/_http/problem";
import { readLogo } from "@/lib/catalog/templates/logos/queries";

/** The bytes of a tile's picture; their name is their hash, so whoever has them need not ask again. */
export async function GET(request: Request, path: { params: Promise<{ id: string }> }): Promise<Response> {
  const anonymous = anonymousContext(request.headers);
  try {
    const visitor = await readVisitor(anonymous, request.headers);
    requireAccess(visitor, "signed-in");
    const { id } = await path.params;
    const logo = await readLogo(visitor.ctx, id);
    return new Response(logo.bytes, {
      headers: {
        "content-type": logo.mediaType,
        "cache-control": "private, max-age=31536000, immutable",
        "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "cross-origin-resource-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "x-request-id": anonymous.requestId,
      },
    });
  } catch (error) {
    return problemResponse(toAppError(error, anonymous.requestId), anonymous.requestId);
  }
}
