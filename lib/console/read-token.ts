import { openFor } from "@/lib/core/keyring";
import { envelope } from "@/lib/core/secrets";
import { tokenLengthMax } from "./rules";
import { tokenClaims, type TokenClaims } from "./schema";
import { tokenBinding } from "./store";

/** What a token says of itself; null for whatever was not sealed for this VM's console. */
export async function readToken({
  token,
  vmId,
}: {
  token: string;
  vmId: string;
}): Promise<TokenClaims | null> {
  if (token.length > tokenLengthMax) return null;
  try {
    const sealed = envelope.parse(JSON.parse(Buffer.from(token, "base64url").toString("utf8")));
    return tokenClaims.parse(JSON.parse(await openFor("cluster", sealed, tokenBinding(vmId))));
  } catch {
    // Malformed, altered, moved from another VM or sealed for another key: all the same to whoever sent it.
    return null;
  }
}
