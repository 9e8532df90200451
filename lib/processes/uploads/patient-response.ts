import { ServerResponse, type OutgoingHttpHeader, type OutgoingHttpHeaders } from "node:http";

type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[];

/**
 * tus ends the connection with every refusal, and a sender that is still sending loses the refusal with it (RFC 9112 §9.6).
 * Without its word the connection stays, and Node reads away what still comes.
 */
export class PatientResponse extends ServerResponse {
  override writeHead(status: number, reason?: string | Headers, headers?: Headers): this {
    if (typeof reason === "string") return super.writeHead(status, reason, withoutClose(headers));
    return super.writeHead(status, withoutClose(reason));
  }
}

/** A flat list of names and values, as tus gives them; headers of our own never close. */
function withoutClose(headers: Headers | undefined): Headers | undefined {
  if (!Array.isArray(headers)) return headers;
  const at = headers.findIndex(
    (name, index) => index % 2 === 0 && String(name).toLowerCase() === "connection",
  );
  return at === -1 ? headers : headers.toSpliced(at, 2);
}
