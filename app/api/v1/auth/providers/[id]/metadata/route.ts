import { anonymousContext } from "@/app/_http/current-context";
import { problemResponse, toAppError } from "@/app/_http/problem";
import { readOwnMetadata } from "@/lib/identity/providers/read-saml-metadata";

/** What a SAML identity provider has to know of this portal. */
export async function GET(request: Request, path: { params: Promise<{ id: string }> }): Promise<Response> {
  const { requestId } = anonymousContext(request.headers);
  try {
    const metadata = await readOwnMetadata((await path.params).id);
    return new Response(metadata, {
      headers: { "content-type": "application/samlmetadata+xml", "x-request-id": requestId },
    });
  } catch (error) {
    return problemResponse(toAppError(error, requestId), requestId);
  }
}
